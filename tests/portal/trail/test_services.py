import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from portal.trail import registry, services
from portal.trail.models import Entry, Head, Seal
from portal.trail.rules import GENESIS, chain_hash, entry_hash
from portal.trail.selectors import sealing_floor, stragglers

pytestmark = pytest.mark.django_db


def test_record_stores_the_opaque_id_of_the_actor_and_no_name(django_user_model):
    actor = django_user_model.objects.create(username="zhang-san")
    entry = services.record(subject_kind="proposal", subject_key="1", verb="published", actor=actor)
    assert (entry.actor, "zhang" in str(entry.sealed_fields)) == (actor.trail_id, False)
    assert services.record(subject_kind="proposal", subject_key="1", verb="published").actor == "system"


@pytest.mark.parametrize("change", [{"verb": ""}, {"subject_key": "x" * 81}, {"to_state": "x" * 41}])
def test_record_refuses_what_one_of_the_databases_would_refuse(change):
    with pytest.raises(ValidationError):
        services.record(**{"subject_kind": "proposal", "subject_key": "1", "verb": "published", **change})
    assert Entry.objects.count() == 0


def test_record_refuses_floats_because_databases_spell_them_differently():
    with pytest.raises(TypeError):
        services.record(subject_kind="a", subject_key="1", verb="b", detail={"x": [{"y": 1.5}]})


def test_seal_chains_every_entry_and_publishes_one_head(write):
    write(3)
    assert services.seal() == 3
    chained, seals = GENESIS, Seal.objects.order_by("pk")
    for position, (seal, entry) in enumerate(zip(seals, Entry.objects.order_by("pk"), strict=True), 1):
        own = entry_hash(entry.sealed_fields)
        chained = chain_hash(chained, position, own)
        assert (seal.position, seal.entry_id, seal.entry_hash, seal.chain_hash) == (position, entry.pk, own, chained)
    assert [(head.count, head.chain_hash) for head in Head.objects.all()] == [(3, chained)]


def test_seal_again_without_news_publishes_nothing(write):
    write(2)
    assert (services.seal(), services.seal()) == (2, 0)
    assert Head.objects.count() == 1


def test_seal_works_in_batches_each_with_its_head(write, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    write(5)
    assert services.seal() == 5
    assert list(Head.objects.order_by("count").values_list("count", flat=True)) == [2, 4, 5]


def write_with_id(pk: int) -> Entry:
    """An entry whose id was drawn earlier or later than its commit."""
    return Entry.objects.create(pk=pk, at=timezone.now(), subject_kind="a", subject_key="1", verb="b", actor="system")


def test_a_lower_id_that_commits_later_gets_a_later_place():
    write_with_id(1_000_100)
    services.seal()
    write_with_id(1_000_050)
    assert services.seal() == 1
    assert list(Seal.objects.order_by("pk").values_list("entry_id", flat=True)) == [1_000_100, 1_000_050]
    assert Head.objects.latest("count").top_entry_id == 1_000_100


def test_sweep_finds_what_the_daily_window_has_left_behind():
    with time_machine.travel("2026-03-01T00:00:00+00:00"):
        write_with_id(1_000_100)
        services.seal()
        assert sealing_floor() == 0
        write_with_id(1_000_050)
    with time_machine.travel("2026-03-03T00:00:00+00:00"):
        assert sealing_floor() == 1_000_100
        assert (stragglers(), services.seal(), services.seal(sweep=True), stragglers()) == (1, 0, 1, 0)


def test_listener_hears_each_head_once_and_its_error_stops_nothing(write, monkeypatch):
    heard = []

    def broken(head):
        raise RuntimeError

    monkeypatch.setattr(registry, "head_listeners", [])
    registry.register_head_listener(broken)
    registry.register_head_listener(heard.append)
    registry.register_head_listener(heard.append)
    write(2)
    services.seal()
    services.seal()
    assert [head.count for head in heard] == [2]


def test_command_seals_and_prints_the_head(write, capsys):
    write(1)
    call_command("seal_trail")
    assert capsys.readouterr().out == f"封存 1 条；链头 {Head.objects.get()}\n"
