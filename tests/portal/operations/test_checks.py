import json
import os
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from wagtail.documents import get_document_model

from portal.operations import checks, registry
from portal.operations.models import JobRun
from portal.operations.services import diagnosis

pytestmark = pytest.mark.django_db


def told(findings) -> list[tuple[str, bool]]:
    return [(finding.problem, finding.is_serious) for finding in findings]


def test_a_sound_installation_has_no_finding(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example:8443"
    for check in (checks.migrations, checks.cache, checks.folders, checks.configuration):
        assert check() == []


def test_sqlite_without_its_guarantees_is_serious():
    if connection.vendor == "postgresql":
        pytest.skip("SQLite's own check")
    # The test settings wait for no disk (synchronous=OFF), which is just what must be found.
    assert told(checks.database()) == [("SQLite 的 synchronous 是 0，应为 2，断电可能丢数据", True)]


def test_a_pending_migration_is_named():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'trail'")
    assert told(checks.migrations()) == [("有 1 个迁移未执行：trail.0001_initial", True)]


def test_a_database_newer_than_the_code_is_serious_and_squashed_migrations_are_not():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES"
            " ('trail', '9999_future', '2027-01-01'), ('trail', '0000_squashed_away', '2020-01-01')"
        )
    assert told(checks.migrations()) == [("数据库比程序新，有 1 个程序不认识的迁移：trail.9999_future", True)]


def test_an_empty_database_is_not_told_to_have_hundreds_of_pending_migrations(monkeypatch):
    monkeypatch.setattr(checks, "has_no_tables", lambda: True)
    (finding,) = checks.migrations()
    assert (finding.problem, "manage.py restore" in finding.remedy) == ("数据库是空的，一张表也没有", True)


@pytest.mark.parametrize("content", [b"no database at all, whatever its name", b""])
def test_a_damaged_or_empty_file_and_a_read_only_one_are_told_apart(content, tmp_path, monkeypatch):
    if connection.vendor == "postgresql":
        pytest.skip("SQLite's own check")
    file = tmp_path / "portal.sqlite3"
    file.write_bytes(content)
    own = connection.copy("damaged")
    own.settings_dict["NAME"] = str(file)
    monkeypatch.setattr(checks, "connection", own)
    try:
        problems = [finding.problem for finding in checks.database()]
        assert (f"数据库文件已损坏，或不是数据库：{file}" in problems) is bool(content)
        monkeypatch.setattr(checks.os, "access", lambda path, mode: path != file)
        if not content:
            assert checks.database()[0].problem == f"数据库只能读，不能写：{file}"
    finally:
        own._close()


def test_files_that_rows_name_and_the_disk_has_not_are_counted(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert checks.media_files() == []
    document = get_document_model().objects.create(title="桥", file=ContentFile(b"a", name="bridge.txt"))
    assert checks.media_files() == []
    (tmp_path / document.file.name).unlink()
    assert told(checks.media_files()) == [
        (f"有 1 个照片或附件在 {tmp_path} 里找不到，例如 {document.file.name}，页面上会缺图", True)
    ]


def test_what_only_waits_for_the_database_is_one_line(monkeypatch):
    def unreachable():
        raise OperationalError("no such host")

    wrong = registry.Finding("数据库连不上", "检查 DATABASE_URL")
    monkeypatch.setattr(diagnosis, "checks", {"database": lambda: [wrong], "one": unreachable, "two": unreachable})
    found = diagnosis.diagnose()
    assert told(found["database"]) == [("数据库连不上", True), ("因此还有 2 项没法检查：one、two", True)]
    assert list(found) == ["database"]


def test_a_missing_cache_table_is_mended_by_createcachetable(settings):
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "not_there"}}
    assert [finding.remedy for finding in checks.cache()] == ["运行 manage.py createcachetable"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SECRET_KEY": "short"}, [("SECRET_KEY 缺失或太短", True)]),
        ({"FIELD_KEY": ""}, [("FIELD_KEY 缺失或太短", True)]),
        ({"DEBUG": True, "ALLOWED_HOSTS": ["localhost"]}, [("DEBUG 已打开，出错页会泄露内部信息", False)]),
        ({"DEBUG": True, "ALLOWED_HOSTS": ["portal.example.org"]}, [("DEBUG 已打开，出错页会泄露内部信息", True)]),
        ({"TIME_ZONE": "UTC"}, [("时区不是 Asia/Shanghai，期限会算错", True)]),
        *(
            ({"WAGTAILADMIN_BASE_URL": wrong}, [("BASE_URL 不是网址，邮件和回执里的链接打不开", True)])
            for wrong in ("nonsense", "https:", "https://portal.example/path", "ftp://portal.example", "http://a:b")
        ),
        (
            {"WAGTAILADMIN_BASE_URL": "http://localhost:8000"},
            [("BASE_URL 没有设置，邮件和回执里的链接只能在本机打开", True)],
        ),
        (
            {"SMS_GATEWAY": "no.such.Thing"},
            [("SMS_GATEWAY 找不到：no.such.Thing（ModuleNotFoundError）", True)],
        ),
        ({"SMS_GATEWAY": "os.path.join"}, [("SMS_GATEWAY 不是短信网关：os.path.join", True)]),
        ({"SMS_GATEWAY": "demo", "DEMO_CHANNELS": False}, [("SMS_GATEWAY 是演示用的短信网关，短信不会发出", True)]),
        ({"SMS_GATEWAY": "portal.outbox.backends.sms.DemoGateway"}, []),
    ],
)
def test_unsafe_configuration_is_found(changes, expected, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    for name, value in changes.items():
        setattr(settings, name, value)
    assert told(checks.configuration()) == expected


def test_check_deploy_says_what_doctor_says_of_the_environment(settings):
    settings.FIELD_KEY, settings.WAGTAILADMIN_BASE_URL, settings.SMS_GATEWAY = "short", "nonsense", "no.such.Thing"
    found = {each.id: each.hint for each in run_checks(include_deployment_checks=True) if "operations" in each.id}
    assert list(found) == ["operations.E002", "operations.E003", "operations.E005"]
    assert found["operations.E002"] == "设为至少 40 个随机字符，并另行保管"


def test_a_full_disk_and_an_unwritable_folder_are_serious(settings, tmp_path):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path
    settings.MIN_FREE_BYTES = 10**18
    assert {finding.is_serious for finding in checks.folders()} == {True}
    blocker = tmp_path / "file"
    blocker.touch()
    settings.MIN_FREE_BYTES, settings.MEDIA_ROOT = 1, blocker / "media"
    assert told(checks.folders()) == [(f"目录不可写：{blocker / 'media'}", True)]


def test_a_missing_or_old_backup_is_serious_outside_development(settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    assert told(checks.recent_backup()) == [("还没有备份", True)]
    backup = tmp_path / "portal-20260101-000000.tar.gz"
    backup.touch()
    assert checks.recent_backup() == []
    old = timezone.now().timestamp() - 5 * 86400
    os.utime(backup, (old, old))
    assert told(checks.recent_backup()) == [("最近的备份已有 5 天", True)]
    settings.DEBUG = True
    assert told(checks.recent_backup()) == [("最近的备份已有 5 天", False)]


def test_a_silent_runner_and_a_failing_job_are_found():
    assert told(checks.periodic_jobs()) == [("定时任务从未运行", True)]
    run = JobRun.objects.create(name="deliver", started_at=timezone.now())
    assert checks.periodic_jobs() == []
    run.started_at -= timedelta(hours=1)
    run.failures, run.outcome = 3, "FAILED OSError"
    run.save()
    assert told(checks.periodic_jobs()) == [
        ("定时任务已停止运行超过半小时", True),
        ("定时任务 deliver 连续失败 3 次（FAILED OSError）", True),
    ]


def test_doctor_exits_1_only_for_what_is_serious_and_survives_a_broken_check(monkeypatch, capsys):
    def broken():
        raise RuntimeError("13800138000")

    light = registry.Finding("小事", "可以不管", is_serious=False)
    monkeypatch.setattr(diagnosis, "checks", {"good": list, "light": lambda: [light]})
    call_command("doctor", no_color=True)
    assert capsys.readouterr().out == "  ok  good\n  !   light: 小事\n        → 可以不管\n"
    monkeypatch.setattr(diagnosis, "checks", {"broken": broken, "database": list})
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert (stopped.value.code, list(answer)) == (1, ["database", "broken"])
    assert [row["problem"] for row in answer["broken"]] == ["无法检查：RuntimeError"]
