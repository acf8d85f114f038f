"""The start page, its panels, the list and bulk assign."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import LedgerItem
from participation.ledger.permissions import MANAGE
from participation.ledger.selectors.work import PANELS, UNIT_PANELS, by_urgency, figures, items_in_scope, narrowed
from participation.ledger.states import State
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue
from tests.conftest import Cast
from tests.factories import ledger

from .conftest import Enter

pytestmark = pytest.mark.django_db
LIST, HOME, ASSIGN = "/admin/ledger/items/", "/admin/ledger/", "/admin/ledger/items/assign/"


@pytest.fixture(autouse=True)
def promised(cast: Cast) -> None:
    """Thirty days for a resident's matter, three and six months for a council's opinion."""
    values = {"resident_promise_days": 30, "target_months": 3, "limit_months": 6}
    long_ago = timezone.localdate() - timedelta(days=500)
    stated = {key: StatedValue(value) for key, value in values.items()}
    add_terms_period(division=ledger.subdistrict(), starts_on=long_ago, values=stated, reason="示例")


def late(cast: Cast, title: str = "超期的一件") -> LedgerItem:
    """A resident's matter whose promised days are over."""
    long_ago = timezone.localdate() - timedelta(days=400)
    return ledger.assigned(cast, on=long_ago, raised_on=long_ago, title=title)


def test_my_work_comes_with_the_most_urgent_first_and_what_to_do_next(cast: Cast, staff: Enter) -> None:
    fresh, old = ledger.handling(cast, title="刚交办的一件"), late(cast)
    content = staff("unit").get(HOME).content.decode()
    assert content.index(old.title) < content.index(fresh.title)
    assert ("已超期" in content, "签收；不属于本单位职责的，说明理由退回" in content) == (True, True)


def test_what_a_unit_must_sign_for_stands_before_what_waits_for_others(cast: Cast) -> None:
    done, fresh = ledger.completed(cast), ledger.assigned(cast)
    units = [ledger.unit_of(cast.unit).pk]
    found = [line.item for line in by_urgency(items_in_scope(cast.unit, MANAGE, units), units)]
    assert found == [fresh, done]


def test_a_promise_that_is_open_is_the_units_next_step_after_the_completion(cast: Cast, staff: Enter) -> None:
    item = ledger.completed(cast)
    item.commitments.create(reply=item.replies.get(), text="更换线路", due_on=timezone.localdate())
    page = staff("unit").get(f"/admin/ledger/items/{item.pk}/").content.decode()
    assert ("落实承诺事项并登记" in page, "现在没有等您办理的步骤" in page) == (True, False)


def test_each_panel_leads_to_a_list_with_the_same_count(cast: Cast, staff: Enter) -> None:
    ledger.opened(), late(cast), ledger.completed(cast, title="待销号的一件")
    item = ledger.handling(cast, source="council_opinion", title="要延期的一件")
    services.void_item(item=ledger.opened(title="作废的一件"), by=cast.committee, reason="重复")
    extension_until = timezone.localdate() + timedelta(days=120)
    services.request_extension(item=item, by=cast.unit, until=extension_until, reason="施工")
    rows = items_in_scope(cast.committee, MANAGE, ())
    counts = {figure.key: figure.count for figure in figures(rows)}
    assert (counts["to_assign"], counts["overdue"], counts["to_close_off"], counts["extension"]) == (1, 1, 1, 1)
    for key, count in counts.items():
        table = staff("committee").get(f"{LIST}?panel={key}").context["object_list"]
        assert (key, len(table)) == (key, count)
        assert narrowed(rows, key).count() == count


def test_every_panel_stands_on_the_home_page_of_the_admin(cast: Cast, staff: Enter) -> None:
    ledger.opened()
    content = staff("committee").get("/admin/").content.decode()
    assert [key for key in PANELS if f"{LIST}?panel={key}" not in content] == []
    unit = staff("unit").get("/admin/").content.decode()
    assert [key for key in UNIT_PANELS if f"{LIST}?panel={key}" not in unit] == []


def test_my_work_costs_the_same_queries_for_one_item_and_for_four(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            by_urgency(items_in_scope(cast.committee, MANAGE, ()), ())
        return len(captured)

    ledger.assigned(cast)
    one = queries()
    for number in range(3):
        ledger.assigned(cast, title=f"第{number}件")
    assert queries() == one


def test_the_list_costs_the_same_queries_for_one_item_and_for_four(cast: Cast, staff: Enter) -> None:
    client = staff("committee")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    ledger.assigned(cast)
    queries()
    one = queries()
    for number in range(3):
        ledger.assigned(cast, title=f"第{number}件")
    assert queries() == one


def test_bulk_assign_says_for_each_item_what_became_of_it(cast: Cast, staff: Enter) -> None:
    good, sent = ledger.opened(title="可以交办"), ledger.assigned(cast, title="已经交办")
    upper = ledger.opened(title="上级事权", matter_level="upper")
    data = {"id": [good.pk, sent.pk, upper.pk], "unit": ledger.unit_of(cast.unit2).pk, "owner_name": "示例责任人"}
    content = staff("committee").post(ASSIGN, data).content.decode()
    for item in (good, sent, upper):
        item.refresh_from_db()
    assert [item.state for item in (good, sent, upper)] == [State.ASSIGNED, State.ASSIGNED, State.ASSIGNING]
    assert (good.unit, sent.unit) == (ledger.unit_of(cast.unit2), ledger.unit_of(cast.unit))
    assert ("已交办1件，共勾选3件" in content, "该事项当前为“已交办，待签收”，不能交办。" in content) == (True, True)
    assert "属于上级事权的，应商请相应层级人大代表提出代表建议" in content


def test_bulk_assign_keeps_the_ticks_when_the_form_is_wrong(cast: Cast, staff: Enter) -> None:
    item = ledger.opened()
    response = staff("committee").post(ASSIGN, {"id": [item.pk], "owner_name": "示例"})
    content = response.content.decode()
    assert (response.status_code, "请选择承办单位。" in content) == (422, True)
    assert (f'name="id" value="{item.pk}"' in content, 'value="示例"' in content) == (True, True)


def test_bulk_assign_is_the_committees_and_within_its_scope(cast: Cast, staff: Enter) -> None:
    item = ledger.opened()
    here = ledger.subdistrict()
    far = ledger.opened(division=type(here).objects.filter(level=here.level).exclude(pk=here.pk)[0])
    data = {"unit": ledger.unit_of(cast.unit).pk, "owner_name": "示例"}
    statuses = [staff("unit").post(ASSIGN, {**data, "id": [item.pk]}).status_code,
                staff("committee").post(ASSIGN, {**data, "id": [item.pk, far.pk]}).status_code]  # fmt: skip
    item.refresh_from_db()
    assert (statuses, item.state) == ([302, 302], State.ASSIGNING)


def test_the_list_is_searched_by_number_title_and_person_responsible(cast: Cast, staff: Enter) -> None:
    one, two = ledger.assigned(cast, title="河道垃圾"), ledger.opened(title="停车位")
    found = [
        [item.reference for item in staff("committee").get(f"{LIST}?q={words}").context["object_list"]]
        for words in ("河道", "示例责任人", two.reference)
    ]
    assert found == [[one.reference], [one.reference], [two.reference]]
