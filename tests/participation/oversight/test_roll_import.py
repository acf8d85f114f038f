"""开始测评 by members or by an imported roll: who is asked, what is refused, and that nothing is half done."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from participation.evaluations.models import Rater, Round
from participation.moderation.rules import Refused
from participation.oversight import services
from participation.oversight.models import OfficeAppraisal
from portal.accounts.models import RoleAssignment
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import oversight
from tests.factories.ledger import unit_of

pytestmark = pytest.mark.django_db
ROLL = "手机号,用户名\n13800000003,\n,clerk\n"


def upload(client: Client, row: OfficeAppraisal, text: str = ROLL, **fields: str) -> Any:
    content = SimpleUploadedFile("名册.csv", text.encode("utf-8-sig"))
    days = {"closes_on": (timezone.localdate() + timedelta(days=3)).isoformat()} | fields
    return client.post(f"/admin/oversight/appraisals/{row.pk}/roll/", {"file": content, **days})


def confirm(client: Client, row: OfficeAppraisal, signed: str) -> Any:
    return client.post(f"/admin/oversight/appraisals/{row.pk}/roll/", {"rows": signed}, follow=True)


def in_the_unit(cast: Cast, user: Any) -> None:
    unit = unit_of(cast.unit)
    RoleAssignment.objects.create(
        user=user, role="unit", division=unit.division, unit=unit, starts_on=timezone.localdate()
    )


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.committee)
    return client


def test_nothing_is_written_before_the_roll_is_confirmed_and_then_it_stands(desk: Client, cast: Cast) -> None:
    row = oversight.met(cast)
    shown = upload(desk, row)
    assert (shown.status_code, Round.objects.count(), Message.objects.filter(kind="oversight_rating").count()) == (
        200,
        0,
        0,
    )
    assert "13800000003" not in shown.content.decode()
    page = confirm(desk, row, shown.context["signed"]).content.decode()
    row.refresh_from_db()
    assert ("名册2人" in page, row.state, row.round.roll, row.round.roll_size) == (True, "rating_open", "listed", 2)
    assert set(Rater.objects.filter(round=row.round).values_list("user", flat=True)) == {cast.member.pk, cast.clerk.pk}
    assert row.round.closes_on == timezone.localdate() + timedelta(days=3)
    confirm(desk, row, shown.context["signed"])
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (ROLL + ",nobody_here\n", {}),
        ("姓名\n张示例\n", {}),
        (ROLL, {"closes_on": "2020-01-01"}),
        (ROLL, {"closes_on": ""}),
    ],
)
def test_a_roll_with_one_error_can_not_be_confirmed(
    desk: Client, cast: Cast, text: str, fields: dict[str, str]
) -> None:
    row = oversight.met(cast)
    answer = upload(desk, row, text, **fields)
    assert (answer.status_code, "signed" in answer.context, Round.objects.count()) == (422, False, 0)


def test_a_roll_serves_the_appraisal_it_was_checked_for_and_its_uploader_only(desk: Client, cast: Cast) -> None:
    row, other = oversight.met(cast), oversight.met(cast, matter="城市管理")
    signed = upload(desk, row).context["signed"]
    confirm(desk, other, signed)
    desk.force_login(cast.director)
    confirm(desk, row, signed)
    assert Round.objects.count() == 0


def test_an_account_that_was_closed_meanwhile_stops_the_roll(desk: Client, cast: Cast) -> None:
    row = oversight.met(cast)
    signed = upload(desk, row).context["signed"]
    cast.clerk.is_active = False
    cast.clerk.save()
    assert "已经停用" in confirm(desk, row, signed).content.decode()
    assert Round.objects.count() == 0


def test_members_who_work_for_the_unit_do_not_rate_it_and_the_desk_says_how_many(desk: Client, cast: Cast) -> None:
    row = oversight.met(cast)
    in_the_unit(cast, cast.member)
    second = oversight.raters(1)[0]
    RoleAssignment.objects.create(
        user=second, role="member", division=row.division, starts_on=timezone.localdate(), given_by=cast.admin
    )
    page = desk.get(f"/admin/oversight/appraisals/{row.pk}/").content.decode()
    assert ("共1人。" in page, "另有1人在被评议单位任职" in page, f"/{row.pk}/roll/" in page) == (True, True, True)
    row = services.open_rating(appraisal=row, by=cast.committee, closes_on=timezone.localdate())
    assert row.round is not None
    assert [rater.user for rater in Rater.objects.filter(round=row.round)] == [second]
    entry = Entry.objects.get(subject_kind="office_appraisal", verb="open_rating")
    assert entry.reason == "在被评议单位任职的1名议事代表没有列入名册。"


def test_a_list_that_names_somebody_of_the_unit_is_refused(desk: Client, cast: Cast) -> None:
    row = oversight.met(cast)
    answer = upload(desk, row, ROLL + ",unit\n")
    assert (answer.status_code, "不能评价自己的单位" in answer.content.decode()) == (422, True)
    with pytest.raises(Refused, match="在被评议单位任职"):
        services.open_rating(
            appraisal=row, by=cast.committee, closes_on=timezone.localdate(), users=[cast.member, cast.unit]
        )
    assert Round.objects.count() == 0
