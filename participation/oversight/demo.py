"""Appraisals in the states that matter, with invented texts. Demo only."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.demo import SUBDISTRICT
from portal.accounts.models import HandlingUnit, User
from portal.jurisdictions.models import Division

from . import services
from .models import OfficeAppraisal
from .rules import DISPATCHES, Publicity
from .selectors import publicity_of

REPORT = "（示例）上半年办理居民事项的情况、存在的问题和下一步的打算。本报告为演示内容。"
BODIES = {
    "party_committee": "望春门街道党工委（示例）",
    "superior_department": "市级主管部门（示例）",
    "filing_authority": "市人大常委会（示例）",
}
# matter, unit of the cast, how far it goes, the answers
COURSES: tuple[tuple[str, str, str, str], ...] = (
    ("背街小巷保洁（示例）", "unit2", "planned", ""),
    ("老旧小区改造服务（示例）", "unit", "report_published", ""),
    ("夜间噪声治理（示例）", "unit2", "rating_open", ""),
    ("为老服务（示例）", "unit", "counted", "ssssb"),
    ("停车秩序（示例）", "unit2", "dispatched", "sssb"),
    ("便民服务中心窗口（示例）", "unit", "published", "sssssbd"),
    ("占道经营整治（示例）", "unit2", "archived", "ssb"),
)
VALUES = {"s": "satisfied", "b": "basically_satisfied", "d": "dissatisfied"}


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """All of it or nothing. How many there are now; 0 when they were there already."""
    division = Division.objects.filter(code=SUBDISTRICT).first()
    if division is None or OfficeAppraisal.objects.exists():
        return 0
    people = [
        User.objects.get_or_create(
            username=f"demo_member{number}",
            defaults={"is_active": True, "real_name": f"议事代表示例{number}", "division": division},
        )[0]
        for number in range(2, 9)
    ]
    for person in people:
        person.set_unusable_password()
        person.save()
    for matter, unit, ending, answers in COURSES:
        held = cast[unit].role_assignments.filter(role="unit").select_related("unit").first()
        _walk(cast, division, held.unit, matter, ending, answers, people)
    return len(COURSES)


def _walk(
    cast: dict[str, Any], division: Division, unit: HandlingUnit, matter: str, ending: str, answers: str,
    people: list[User],
) -> None:  # fmt: skip
    today, committee, director = timezone.localdate(), cast["committee"], cast["director"]
    row = services.plan_appraisal(
        services.NewAppraisal(division, unit, today.year, matter, report_due_on=today + timedelta(days=10)),
        by=committee,
    )
    if ending == "planned":
        return
    services.submit_report(appraisal=row, by=committee, text=REPORT)
    row = services.publish_report(appraisal=row, by=committee)
    if ending == "report_published":
        return
    services.hold_meeting(
        appraisal=row, by=committee, on=today, place="示例会议室", chair="人大街道工委主任", expected=10, attended=8
    )
    roll = people if answers else [*people, cast["member"]]
    row = services.open_rating(appraisal=row, by=committee, closes_on=today + timedelta(days=7), users=roll)
    if ending == "rating_open":
        return
    for person, answer in zip(people, answers, strict=False):
        services.rate_appraisal(appraisal=row, by=person, value=VALUES[answer])
    row = services.close_rating(appraisal=row, by=committee)
    if ending == "counted":
        return
    row = services.confirm_result(appraisal=row, by=director)
    for each in DISPATCHES:
        services.dispatch_result(appraisal=row, by=committee, recipient=each, body=BODIES[each])
    if ending == "published" and publicity_of(row) is not Publicity.NONE:  # as the terms of the demo state
        services.record_consent(appraisal=row, by=committee, on=today, number="（示例文号）")
        services.publish_result(appraisal=row, by=director)
    if ending == "archived":
        services.archive_appraisal(appraisal=row, by=committee, note="评价不足5份，不公开（示例）")
