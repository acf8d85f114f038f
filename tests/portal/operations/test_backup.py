"""R17: a backup taken while others write restores into an empty place with nothing missing."""

import errno
import hashlib
import io
import json
import multiprocessing
import os
import random
import secrets
import sqlite3
import tarfile
import time
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from portal.operations.adapters import databases
from portal.operations.services.backup import back_up, backups
from portal.operations.services.restore import RestoreRefused, restore
from portal.trail.adapters import triggers
from portal.trail.models import Entry
from portal.trail.services import record

pytestmark = pytest.mark.django_db(transaction=True)
fork = multiprocessing.get_context("fork")


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def elsewhere(settings, tmp_path, database_store):
    """`elsewhere()` moves the process to an empty database and an empty media folder."""
    usual = connection.settings_dict["NAME"]
    made = []

    def move() -> None:
        connections.close_all()
        settings.MEDIA_ROOT = tmp_path / f"restored-media-{len(made)}"
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = str(tmp_path / f"restored-{len(made)}.sqlite3")
        else:
            name = f"portal_restored_{secrets.token_hex(6)}"
            database_store._execute(f'CREATE DATABASE "{name}"')
            database_store.copies.add(name)
            connection.settings_dict["NAME"] = name
        made.append(connection.settings_dict["NAME"])

    yield move
    connections.close_all()
    connection.settings_dict["NAME"] = usual


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def write_on(media: Path, acknowledged, stop) -> None:
    """About fifty acknowledged writes a second: a file, then the row that names it."""
    chance, number = random.Random(1), acknowledged.value
    while not stop.is_set():
        (media / f"{number}.bin").write_bytes(chance.randbytes(3000))
        record(subject_kind="photo", subject_key=str(number), verb="stored")
        acknowledged.value = number = number + 1
        time.sleep(0.02)


def rounds(count: int, media: Path, folder: Path, elsewhere, settings) -> int:
    """How many of `count` rounds restore everything acknowledged before the backup began."""
    usual, whole = connection.settings_dict["NAME"], 0
    acknowledged, stop = fork.Value("i", 0), fork.Event()
    connections.close_all()
    writer = fork.Process(target=write_on, args=(media, acknowledged, stop))
    writer.start()
    try:
        for _ in range(count):
            time.sleep(0.5)
            mark = acknowledged.value
            archive = back_up(folder)
            elsewhere()
            restore(archive)
            rows = set(map(int, Entry.objects.filter(subject_kind="photo").values_list("subject_key", flat=True)))
            files = hashes(settings.MEDIA_ROOT)
            sources = hashes(media)
            whole += (
                mark > 0
                and set(range(mark)) <= rows
                and {f"{row}.bin" for row in rows} <= files.keys()
                and all(sources[f"{row}.bin"] == files[f"{row}.bin"] for row in rows)
                and triggers.missing(connection) == []
            )
            connections.close_all()
            connection.settings_dict["NAME"] = usual
            settings.MEDIA_ROOT = media
    finally:
        stop.set()
        writer.join(30)
    return whole


def test_backup_while_writing_restores_every_acknowledged_row_and_file(media, tmp_path, elsewhere, settings):
    assert rounds(2, media, tmp_path / "backups", elsewhere, settings) == 2


@pytest.mark.figures
def test_r17_twenty_rounds_of_backup_while_writing(media, tmp_path, elsewhere, settings):
    assert rounds(20, media, tmp_path / "backups", elsewhere, settings) == 20
    print("backup while writing: 20 of 20 restores whole")


def test_restored_rows_and_media_equal_the_original(media, tmp_path, elsewhere):
    (media / "照片").mkdir()
    (media / "照片" / "甲.jpg").write_bytes(b"1" * 100_000)
    (media / "empty.txt").touch()
    record(subject_kind="a", subject_key="1", verb="b", reason="理由")
    archive = back_up(tmp_path / "backups")
    assert archive.stat().st_mode & 0o777 == 0o600
    before = hashes(media)
    elsewhere()
    counts = restore(archive)
    from django.conf import settings as now

    assert (counts["trail_entry"], Entry.objects.get().reason, hashes(Path(now.MEDIA_ROOT))) == (1, "理由", before)


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({}, ""),
        ({"FIELD_KEY": "n" * 50}, "FIELD_KEY 不在现在的配置里"),
        ({"FIELD_KEY": "n" * 50, "FIELD_KEY_FALLBACKS": "old"}, ""),
        ({"SECRET_KEY": "n" * 50}, "SECRET_KEY 与备份时不同"),
    ],
)
def test_restoring_under_other_keys_is_said_loudly(change, warned, media, tmp_path, elsewhere, settings, capsys):
    archive, old = back_up(tmp_path / "backups"), settings.FIELD_KEY
    elsewhere()
    for name, value in change.items():
        setattr(settings, name, [old] if value == "old" else value)
    call_command("restore", archive)
    errors = capsys.readouterr().err
    assert (warned in errors, bool(errors)) == (True, bool(warned))


def test_restore_refuses_a_place_in_use_and_replaces_on_demand(media, tmp_path):
    (media / "old.txt").write_text("old")
    record(subject_kind="a", subject_key="old", verb="b")
    archive = back_up(tmp_path / "backups")
    record(subject_kind="a", subject_key="new", verb="b")
    (media / "new.txt").write_text("new")
    with pytest.raises(RestoreRefused, match="不是空的"):
        restore(archive)
    assert Entry.objects.count() == 2
    connections.close_all()
    restore(archive, replace=True)
    assert list(Entry.objects.values_list("subject_key", flat=True)) == ["old"]
    assert hashes(media).keys() == {"old.txt"}
    aside = next(tmp_path.glob("media.before-*"))
    assert hashes(aside).keys() == {"old.txt", "new.txt"}


def rebuilt(archive: Path, target: Path, change) -> Path:
    """The archive with its members as `change` (name -> bytes mapping) leaves them."""
    with tarfile.open(archive) as bundle:
        members = {member.name: bundle.extractfile(member).read() for member in bundle}
    change(members)
    with tarfile.open(target, "w:gz") as bundle:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            bundle.addfile(entry, io.BytesIO(content))
    return target


def other_vendor(members: dict[str, bytes]) -> None:
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | {"vendor": "oracle"}).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.update({"media/a.txt": b"forged"}),
        lambda members: members.pop("media/a.txt"),
        lambda members: members.update({"media/b.txt": b"added"}),
        lambda members: members.update({"../escape.txt": b"added"}),
        lambda members: members.pop("manifest.json"),
        other_vendor,
    ],
)
def test_a_changed_archive_is_refused_before_anything_is_touched(change, media, tmp_path, elsewhere):
    (media / "a.txt").write_text("a")
    archive = rebuilt(back_up(tmp_path / "backups"), tmp_path / "forged.tar.gz", change)
    elsewhere()
    with pytest.raises(RestoreRefused):
        restore(archive)
    assert databases.is_empty()
    assert list(tmp_path.glob("**/escape.txt")) == []


def test_a_cut_off_archive_is_refused(media, tmp_path, elsewhere):
    archive = back_up(tmp_path / "backups")
    content = archive.read_bytes()
    archive.write_bytes(content[: len(content) // 2])
    elsewhere()
    with pytest.raises(CommandError, match=r"什么也没有改动.*已损坏"):
        call_command("restore", archive)


def test_an_archive_that_lacks_its_last_bytes_is_refused(media, tmp_path, elsewhere):
    archive = back_up(tmp_path / "backups")
    archive.write_bytes(archive.read_bytes()[:-6])
    elsewhere()
    with pytest.raises(RestoreRefused, match="已损坏"):
        restore(archive)


def test_a_full_disk_is_told_as_such(media, tmp_path, elsewhere, monkeypatch):
    archive = back_up(tmp_path / "backups")
    elsewhere()

    def full(bundle, member, place):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("portal.operations.services.restore._unpack_file", full)
    with pytest.raises(CommandError, match=r"什么也没有改动.*写不下或不可写（No space left on device）"):
        call_command("restore", archive)


def test_the_bare_name_of_a_backup_is_enough(media, tmp_path, elsewhere, settings, capsys):
    settings.BACKUP_DIR = str(tmp_path / "backups")
    name = back_up().name
    elsewhere()
    call_command("restore", name)
    assert "已恢复" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有这个文件：other.tar.gz。manage.py backups 列出"):
        call_command("restore", "other.tar.gz")


def test_sqlite_says_what_to_do(media, tmp_path):
    if connection.vendor == "postgresql":
        pytest.skip("SQLite's own words")
    refused = pytest.raises(CommandError, match="没有做成备份。数据库文件打不开，或目录不可写")
    with refused, mock.patch.object(databases.sqlite3, "connect", side_effect=_cannot_open()):
        call_command("backup", tmp_path / "backups")


def _cannot_open() -> sqlite3.OperationalError:
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect("/no/such/folder/file")
    return caught.value


def test_what_a_killed_run_left_behind_is_removed_a_day_later(media, tmp_path, elsewhere):
    folder = tmp_path / "backups"
    archive = back_up(folder)
    elsewhere()
    left = [folder / ".dump-abandoned", tmp_path / ".restore-abandoned", folder / ".dump-at-work"]
    for each in left:
        (each / "inside").mkdir(parents=True)
    day_before = time.time() - 25 * 3600
    for each in left[:2]:
        os.utime(each, (day_before, day_before))
    restore(archive)
    back_up(folder)
    assert [each.exists() for each in left] == [False, False, True]


def test_a_backup_of_a_newer_program_is_said_loudly(media, tmp_path, elsewhere, capsys):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('trail', '9999_future', '2027-01-01')"
        )
    archive = back_up(tmp_path / "backups")
    elsewhere()
    call_command("restore", archive)
    assert "更新版本的程序，现在的程序不认识：trail.9999_future" in capsys.readouterr().err


def test_a_failing_backup_leaves_no_file_behind(media, tmp_path, monkeypatch):
    def fail(target):
        raise databases.CopyFailed("pg_dump was not found")

    monkeypatch.setattr(databases, "dump", fail)
    with pytest.raises(CommandError, match=r"没有做成备份。pg_dump was not found"):
        call_command("backup", tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_keep_prunes_the_oldest(media, tmp_path, capsys):
    folder = tmp_path / "backups"
    made = [back_up(folder) for _ in range(2)]
    call_command("backup", folder, keep=2)
    assert (len(backups(folder)), made[0].exists(), made[1].exists()) == (2, False, True)
    capsys.readouterr()
    call_command("backups", folder)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [str(path) for path in backups(folder)]
