"""R7: every kind of tampering is detected by the stand-alone verifier against a published head."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from portal.trail import rules, services, verifier
from portal.trail.adapters import triggers
from portal.trail.models import Entry, Head, Seal

pytestmark = pytest.mark.django_db
KINDS = ("edit", "delete", "insert", "swap", "truncate", "truncate_and_append", "rewrite")


def chained(rows: list[dict]) -> list[bytes]:
    """A forger's export: positions, hashes and head are all consistent with the given rows."""
    previous, lines = rules.GENESIS, []
    for position, row in enumerate(rows, 1):
        own = rules.entry_hash(row["entry"])
        previous = rules.chain_hash(previous, position, own)
        line = {"position": position, "entry": row["entry"], "entry_hash": own, "chain_hash": previous}
        lines.append(rules.canonical_json(line) + b"\n")
    head = {"head": {"count": len(rows), "hash": previous, "published_at": "2026-01-01T00:00:00+00:00"}}
    return [*lines, rules.canonical_json(head) + b"\n"]


def spelt(rows: list[dict]) -> list[bytes]:
    return [rules.canonical_json(row) + b"\n" for row in rows]


def forged(kind: str, lines: list[bytes], chance: random.Random) -> list[bytes]:
    """One attack. Half of the attackers leave the hashes, half of them mend what they can see."""
    rows = [json.loads(line) for line in lines]
    head = rows.pop()
    at = chance.randrange(len(rows))
    mends = chance.random() < 0.5
    if kind in ("edit", "rewrite"):
        field = chance.choice(["reason", "actor", "to_state", "at", "detail", "salt", "id"])
        rows[at]["entry"][field] = {"detail": {"forged": True}, "id": 10**9}.get(field, "forged")
        if kind == "rewrite":
            return chained(rows)
        if mends:
            rows[at]["entry_hash"] = rules.entry_hash(rows[at]["entry"])
    elif kind == "delete":
        del rows[chance.randrange(len(rows) - 1)]  # the last one is truncation
        if mends:
            rows = [{**row, "position": position} for position, row in enumerate(rows, 1)]
            head["head"]["count"] -= 1
    elif kind == "insert":
        entry = {**rows[at]["entry"], "id": 10**9, "reason": "forged"}
        rows.insert(at, {**rows[at], "entry": entry, "entry_hash": rules.entry_hash(entry)})
        if mends:
            rows = [{**row, "position": position} for position, row in enumerate(rows, 1)]
            head["head"]["count"] += 1
    elif kind == "swap":
        other = (at + chance.randrange(1, len(rows))) % len(rows)
        if mends:
            for name in ("entry", "entry_hash"):
                rows[at][name], rows[other][name] = rows[other][name], rows[at][name]
        else:
            rows[at], rows[other] = rows[other], rows[at]
    else:
        kept = rows[: chance.randrange(len(rows))]
        if kind == "truncate_and_append":
            kept += [{"entry": {**row["entry"], "reason": "forged"}} for row in rows[len(kept) :]]
            kept += [{"entry": {**rows[0]["entry"], "id": 10**9 + extra}} for extra in range(chance.randrange(3))]
        return chained(kept)
    return [*spelt(rows), rules.canonical_json(head) + b"\n"]


def trials(lines: list[bytes], judge, noted: tuple[int, str], each: int) -> dict[str, int]:
    """How many of `each` attacks of a kind are detected."""
    chance = random.Random(20260101)
    return {kind: sum(judge(forged(kind, lines, chance), (noted,)) is not None for _ in range(each)) for kind in KINDS}


@pytest.fixture
def sealed(write, export):
    write(40)
    services.seal()
    head = Head.objects.get()
    return export(), (head.count, head.chain_hash)


def test_ten_attacks_of_each_kind_are_detected(sealed, verdict):
    lines, noted = sealed
    assert trials(lines, verdict, noted, 10) == dict.fromkeys(KINDS, 10)


@pytest.mark.figures
def test_r7_seven_hundred_attacks_are_detected_and_a_hundred_clean_runs_pass(sealed, verdict):
    lines, noted = sealed
    assert trials(lines, verdict, noted, 100) == dict.fromkeys(KINDS, 100)
    assert [verdict(lines, (noted,)) for _ in range(100)] == [None] * 100
    print("tampering: 700 of 700 detected, 0 false alarms in 100 clean runs")


def test_without_a_noted_head_a_consistent_forgery_passes(sealed, verdict):
    """The mutant of R7: it is the head outside the portal that proves, not the chain alone."""
    lines, _ = sealed
    chance = random.Random(1)
    for kind in ("truncate", "truncate_and_append", "rewrite"):
        assert verdict(forged(kind, lines, chance)) is None


def test_clean_exports_pass_against_every_head_ever_published(write, export, verdict):
    for count in (1, 3, 7):
        write(count)
        services.seal()
    heads = tuple(Head.objects.values_list("count", "chain_hash"))
    assert len(heads) == 3
    assert (verdict(export(), heads), verdict(export(full=False), heads)) == (None, None)


def test_empty_trail_passes(db, export, verdict):
    assert verdict(export()) is None


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE trail_entry SET reason = 'forged' WHERE id = {second}",
        "UPDATE trail_seal SET entry_hash = '{zeros}' WHERE position = 2",
        "UPDATE trail_entry SET salt = '' WHERE id = {second}",
        "DELETE FROM trail_seal WHERE position = 2",
        "DELETE FROM trail_seal WHERE position = 3",
    ],
)
def test_an_administrator_who_drops_the_triggers_is_found_out(attack, write, export, verdict):
    write(3)
    services.seal()
    head = Head.objects.get()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(attack.format(second=Seal.objects.get(pk=2).entry_id, zeros=rules.GENESIS))
    assert verdict(export(), ((head.count, head.chain_hash),)) is not None


def test_an_administrator_who_seals_anew_is_found_out(write, export, verdict):
    write(3)
    services.seal()
    head = Head.objects.get()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        for table in ("trail_head", "trail_seal"):
            cursor.execute(f"DELETE FROM {table}")
    Entry.objects.filter(pk=Entry.objects.first().pk).update(reason="forged")
    services.seal()
    assert verdict(export()) is None
    assert "rewritten" in verdict(export(), ((head.count, head.chain_hash),))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: [lines[0].replace(b'{"chain', b'{"note":1,"chain'), *lines[1:]], "canonical"),
        (lambda lines: [lines[0].replace(b'"position":1', b'"position":1,"z":2'), *lines[1:]], "fields"),
        (lambda lines: [lines[0].replace(b'","', b'", "', 1), *lines[1:]], "canonical"),
        (
            lambda lines: [lines[0][:-1].replace(b'"position":1', b'"position":1,"position":1') + b"\n", *lines[1:]],
            "canon",
        ),
        (lambda lines: lines[:-1], "no head"),
        (lambda lines: [*lines, lines[0]], "follows the head"),
        (lambda lines: [b"\xff\n", *lines], "not JSON"),
        (lambda lines: [b"[1]\n", *lines], "canonical"),
    ],
)
def test_nothing_unhashed_can_ride_along(spoil, says, sealed, verdict):
    lines, noted = sealed
    assert says in verdict(spoil(lines), (noted,))


def test_verifier_spells_as_the_portal_does():
    value = {"乙": ["“引号”\n\t\\", 1, None, True, {"": ""}], "a": "😀é\u200b"}
    assert verifier.canonical(value) == rules.canonical_json(value)


def test_script_runs_alone_with_the_standard_library_only(write, tmp_path):
    write(3)
    services.seal()
    call_command("export_trail", tmp_path / "trail.jsonl", verbosity=0)
    head = str(Head.objects.get())
    (tmp_path / "heads.txt").write_text(f"{head}\n\n", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(Path(verifier.__file__)), str(tmp_path / "trail.jsonl"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={"PYTHONUTF8": "1"})  # noqa: S603
        return done.returncode, done.stdout.splitlines()[-1] if done.stdout else ""

    assert run("--head", head) == (0, "OK / 未被改动: 1 head(s) fit / 与1个链头相符")
    assert run("--heads", str(tmp_path / "heads.txt"))[0] == 0
    assert run()[0] == 3
    assert run("--head", f"4:{rules.GENESIS}")[0] == 1
    assert run("--head", "nonsense")[0] == 2
    assert (tmp_path / "trail.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_folder_is_no_file_to_export_to(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="是文件夹"):
        call_command("export_trail", tmp_path, verbosity=0)
    with pytest.raises(CommandError, match="写不了"):
        call_command("export_trail", tmp_path / "nowhere" / "trail.jsonl", verbosity=0)
