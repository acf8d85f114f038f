"""Reminders: up the ladder by stage, each person once, whatever happens to the run."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participation.ledger import notifications, services
from participation.ledger.models import LedgerItem
from participation.moderation.rules import Refused
from portal.accounts.models import RoleAssignment
from portal.outbox.models import Delivery, Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db
START = date(2026, 3, 2)  # the law: three months to 2 June, six to 2 September
TARGET, LIMIT = date(2026, 6, 2), date(2026, 9, 2)


@pytest.fixture
def item(cast: Cast) -> Any:
    with time_machine.travel(f"{START} 10:00+08:00"):
        found = ledger.handling(cast, source="deputy_suggestion", raised_on=START)
    return found


def remind(day: date) -> int:
    with time_machine.travel(f"{day} 10:00+08:00"):
        return services.remind_due_items()


def told(item: LedgerItem) -> list[tuple[str, str]]:
    """(stage and day, who) of the reminders."""
    rows = Message.objects.filter(event__startswith=f"ledger:{item.reference}:due:").select_related("recipient")
    return sorted((row.event.split(":due:1:")[1], row.recipient.username) for row in rows)


def names(*people: Any) -> list[str]:
    return [person.username for person in people]


def test_each_stage_goes_up_the_ladder_once_from_the_day_it_comes(cast: Cast, item: LedgerItem) -> None:
    RoleAssignment.objects.create(
        user=cast.clerk, role="unit", unit=item.unit, division=item.division, starts_on=date(2026, 1, 1)
    )
    handlers, heads = names(cast.clerk), names(*notifications.heads_of_unit(item.unit))
    directors = sorted(names(*notifications.users_with_role("director", item.division)))
    days = [TARGET - timedelta(days=7), TARGET - timedelta(days=6), TARGET - timedelta(days=1), TARGET,
            LIMIT - timedelta(days=1), LIMIT, LIMIT + timedelta(days=40)]  # fmt: skip
    everyone = {*handlers, *heads, *directors}
    assert [remind(day) for day in days] == [0, 1, 0, 1 + len(heads), 0, len(everyone), 0]
    assert told(item) == sorted(
        [(f"soon:{TARGET}", name) for name in handlers]
        + [(f"target:{TARGET}", name) for name in handlers + heads]
        + [(f"limit:{LIMIT}", name) for name in everyone]
    )
    stages = [entry.detail["stage"] for entry in Entry.objects.filter(subject_key=item.reference, verb="remind")]
    assert stages == ["soon", "target", "limit"]


def test_whoever_was_not_told_in_time_hears_of_the_stage_that_holds_now(item: LedgerItem) -> None:
    assert remind(LIMIT) > 0
    assert {stage for stage, _name in told(item)} == {f"limit:{LIMIT}"}


def test_killed_between_the_message_and_the_trail_the_next_run_tells_once(
    item: LedgerItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: Any, **fields: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("participation.ledger.services.reminding.move", killed)
        with pytest.raises(KeyboardInterrupt):
            remind(TARGET)
    assert told(item) == []
    count = remind(TARGET)
    assert (len(told(item)), remind(TARGET)) == (count, 0)
    assert not Message.objects.filter(event__contains=":due:", deliveries=None).exists()
    assert Delivery.objects.filter(message__event__contains=":due:", channel="site").count() == count


def test_nobody_is_reminded_of_what_has_stopped_or_rests_or_has_no_limit(cast: Cast, item: LedgerItem) -> None:
    with time_machine.travel(f"{START} 10:00+08:00"):
        ledger.handling(cast, source="visit", raised_on=START)
        services.import_item(
            new=services.NewItem(source="import", division=item.division, title="历史留言", raised_on=date(2019, 1, 1))
        )
    with time_machine.travel("2026-04-01 10:00+08:00"):
        services.complete_item(item=ledger.replied(cast, item=item).item, by=cast.unit)
    assert remind(LIMIT) == 0


def test_an_extension_moves_the_reminder_to_the_new_day(cast: Cast, item: LedgerItem) -> None:
    until = date(2026, 7, 15)
    with time_machine.travel("2026-05-20 10:00+08:00"):
        asked = services.request_extension(item=item, by=cast.unit, until=until, reason="施工图待批")
        services.decide_extension(extension=asked, by=cast.director, is_approved=True)
    assert remind(TARGET) == 0
    assert remind(until) > 0
    assert {stage for stage, _name in told(item)} == {f"target:{until}"}


def test_a_promise_and_a_helping_unit_are_reminded_by_their_own_days(cast: Cast) -> None:
    today = timezone.localdate()
    soon = today + timedelta(days=5)
    helped = ledger.handling(cast)
    services.add_co_unit(item=helped, by=cast.committee, unit=ledger.unit_of(cast.unit2), due_on=soon)
    ledger.replied(cast, kind="planned", commitments=[("更换线路", soon)])
    first, second = services.remind_due_items(), services.remind_due_items()
    events = Message.objects.filter(event__endswith=f":soon:{soon}").values_list("event", flat=True)
    assert (first, second) == (events.count(), 0)
    assert {event.split(":")[2] for event in events} == {"co_unit", "commitment"}


def test_the_committee_urges_and_supervises_and_a_unit_does_not(cast: Cast) -> None:
    item = ledger.handling(cast)
    with pytest.raises(PermissionDenied):
        services.remind_item(item=item, by=cast.unit, reason="快办")
    with pytest.raises(Refused, match="请填写理由"):
        services.remind_item(item=item, by=cast.committee, reason=" ")
    services.remind_item(item=item, by=cast.committee, reason="请加快办理")
    row = services.remind_item(item=item, by=cast.committee, reason="已列为重点", is_supervision=True)
    assert (row.priority, row.state) == ("supervised", "handling")
    titles = Message.objects.filter(recipient=cast.unit, title__regex="^(催办|督办)：").values_list("title", flat=True)
    assert sorted(title[:2] for title in titles) == ["催办", "督办"]
