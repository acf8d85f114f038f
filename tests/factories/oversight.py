"""Appraisals in any state, brought there by the services themselves."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from participation.oversight import services
from participation.oversight.models import OfficeAppraisal
from participation.oversight.rules import DISPATCHES
from portal.accounts.models import User
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue

from .ledger import unit_of
from .proposals import subdistrict

BODIES = {
    "party_committee": "示例街道党工委",
    "superior_department": "示例市主管部门",
    "filing_authority": "示例市人大常委会",
}
REPORT = "上半年的工作和问题，见附表。"


def planned(cast: Any, **fields: Any) -> OfficeAppraisal:
    values: dict[str, Any] = {
        "division": subdistrict(), "unit": unit_of(cast.unit), "year": timezone.localdate().year, "matter": "便民服务",
    } | fields  # fmt: skip
    return services.plan_appraisal(services.NewAppraisal(**values), by=cast.committee)


def reported(cast: Any, **fields: Any) -> OfficeAppraisal:
    row = services.submit_report(appraisal=planned(cast, **fields), by=cast.unit, text=REPORT)
    return services.publish_report(appraisal=row, by=cast.committee)


def met(cast: Any, **fields: Any) -> OfficeAppraisal:
    return services.hold_meeting(
        appraisal=reported(cast, **fields), by=cast.committee, on=timezone.localdate(), place="示例会议室",
        chair="人大街道工委主任", expected=12, attended=10,
    )  # fmt: skip


def raters(count: int) -> list[User]:
    """People with nothing but a name: a roll handed over as a list."""
    start = User.objects.count()
    return [User.objects.create(username=f"rater{start + number}") for number in range(count)]


def opened(cast: Any, users: Sequence[Any] | None = None, days: int = 0, **fields: Any) -> OfficeAppraisal:
    closes_on = timezone.localdate() + timedelta(days=days)
    return services.open_rating(appraisal=met(cast, **fields), by=cast.committee, closes_on=closes_on, users=users)


def counted(cast: Any, values: Sequence[str] = ("satisfied",) * 5, roll: int = 0, **fields: Any) -> OfficeAppraisal:
    """`values` are the answers, `roll` the people asked where some stay silent."""
    people = raters(max(roll, len(values)))
    row = opened(cast, people, **fields)
    for user, value in zip(people, values, strict=False):
        services.rate_appraisal(appraisal=row, by=user, value=value)
    return services.close_rating(appraisal=row, by=cast.committee)


def confirmed(cast: Any, *args: Any, **fields: Any) -> OfficeAppraisal:
    return services.confirm_result(appraisal=counted(cast, *args, **fields), by=cast.director)


def send(cast: Any, row: OfficeAppraisal, *recipients: str) -> OfficeAppraisal:
    for each in recipients or DISPATCHES:
        services.dispatch_result(appraisal=row, by=cast.committee, recipient=each, body=BODIES[each])
    row.refresh_from_db()
    return row


def dispatched(cast: Any, *args: Any, **fields: Any) -> OfficeAppraisal:
    return send(cast, confirmed(cast, *args, **fields))


def consented(cast: Any, row: OfficeAppraisal) -> OfficeAppraisal:
    return services.record_consent(appraisal=row, by=cast.committee, on=None, number="示例〔2026〕1号")


def published(cast: Any, *args: Any, **fields: Any) -> OfficeAppraisal:
    """Under the terms that are in force: state them before."""
    return services.publish_result(appraisal=consented(cast, dispatched(cast, *args, **fields)), by=cast.director)


def state_terms(**values: Any) -> None:
    """Past what is planned for later: in force since long ago, in these tests only."""
    add_terms_period(
        division=subdistrict(), starts_on=date(2020, 1, 1), reason="示例",
        values={name: StatedValue(value) for name, value in values.items()},
    )  # fmt: skip
