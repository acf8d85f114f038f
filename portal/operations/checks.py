"""What `doctor` looks at by itself; features register more."""

import datetime
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import Warning as CheckWarning
from django.core.checks import register as register_django_check
from django.db import OperationalError, connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .models import JobRun
from .registry import Finding, register_check
from .selectors import (
    backup_folder,
    free_bytes,
    future_migrations,
    has_no_tables,
    last_job_start,
    lost_files,
    pending_migrations,
    worker_is_late,
    written_folders,
)
from .services.backup import backup_age, backups

MIGRATE = "manage.py migrate"
BACKUP_LATE_AFTER = datetime.timedelta(days=2)
CLOCK_TOLERANCE = datetime.timedelta(seconds=5)
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
KEY_LENGTH = 40
NEWEST_FILES = 5000


def _run(command: str) -> str:
    return _("运行 %(command)s") % {"command": command}


def is_public() -> bool:
    """Whether others than this machine are meant to reach it."""
    return bool(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)


def database() -> list[Finding]:
    try:
        connection.ensure_connection()
    except Exception as error:  # any driver's reason
        if connection.vendor == "sqlite" and not isinstance(error, OperationalError):
            return [_damaged()]
        problem = _("数据库连不上：%(error)s") % {"error": type(error).__name__}
        return [Finding(problem, _("检查 DATABASE_URL，以及数据库服务是否在运行"))]
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _damaged() -> Finding:
    remedy = _("停下本系统，把数据库文件移到一边留着，再用 manage.py backups 找最近的备份，manage.py restore 恢复")
    return Finding(_("数据库文件已损坏，或不是数据库：%s") % connection.settings_dict["NAME"], remedy)


def _read_only(place: str) -> Finding:
    remedy = _("文件和它所在的目录都要属于运行本系统的用户，磁盘不能是只读的；PostgreSQL 要连主库")
    return Finding(_("数据库只能读，不能写：%s") % place, remedy)


def _sqlite() -> list[Finding]:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    found = []
    file = Path(connection.settings_dict["NAME"])
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        found.append(_read_only(str(file)))
    with connection.cursor() as cursor:
        for pragma, value in wanted.items():
            cursor.execute(f"PRAGMA {pragma}")
            if (actual := cursor.fetchone()[0]) != value:
                problem = _("SQLite 的 %(pragma)s 是 %(actual)s，应为 %(value)s，断电可能丢数据")
                values = {"pragma": pragma, "actual": actual, "value": value}
                found.append(
                    Finding(problem % values, _("不要改动 settings 里的 SQLITE_OPTIONS；数据库放在本机磁盘上"))
                )
        cursor.execute("PRAGMA quick_check")
        if cursor.fetchone()[0] != "ok":
            found.append(_damaged())
    return found


def _postgresql() -> list[Finding]:
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        if cursor.fetchone()[0] != "on":
            found.append(Finding(_("PostgreSQL 的 fsync 已关闭，断电会丢数据"), _("在 postgresql.conf 里打开 fsync")))
        cursor.execute("SHOW transaction_read_only")
        if cursor.fetchone()[0] == "on":
            found.append(_read_only(connection.settings_dict["NAME"]))
        cursor.execute("SHOW server_encoding")
        if cursor.fetchone()[0] != "UTF8":
            found.append(Finding(_("数据库编码不是 UTF8，部分汉字无法保存"), _("用 UTF8 编码重建数据库")))
        cursor.execute("SELECT clock_timestamp()")
        if abs(cursor.fetchone()[0] - timezone.now()) > CLOCK_TOLERANCE:
            found.append(Finding(_("数据库服务器与本机的时钟不一致"), _("两台机器都打开时间同步（NTP）")))
    return found


def migrations() -> list[Finding]:
    if has_no_tables():
        remedy = _(
            "新装的，运行 manage.py migrate；本来有数据的，先核对 DATABASE_URL 和 VAR_DIR 指对了地方，"
            "或用 manage.py restore 恢复备份"
        )
        return [Finding(_("数据库是空的，一张表也没有"), remedy)]
    if future := future_migrations():
        values = {"count": len(future), "names": "、".join(future[:5])}
        problem = _("数据库比程序新，有 %(count)s 个程序不认识的迁移：%(names)s") % values
        return [Finding(problem, _("换上做这个数据库（或备份）时的程序版本，或更新的版本"))]
    if pending := pending_migrations():
        names = "、".join(pending[:5])
        return [
            Finding(_("有 %(count)s 个迁移未执行：%(names)s") % {"count": len(pending), "names": names}, _run(MIGRATE))
        ]
    return []


def cache() -> list[Finding]:
    backend = caches["default"]
    if isinstance(backend, DatabaseCache):
        with connection.cursor() as cursor:
            if backend._table not in connection.introspection.table_names(cursor):  # type: ignore[attr-defined]
                return [Finding(_("缓存表不存在，限次和验证码不起作用"), _run("manage.py createcachetable"))]
    backend.set("doctor", "1", 10)
    if backend.get("doctor") != "1":
        return [Finding(_("缓存不能读写"), _("检查 REDIS_URL，或数据库是否可写"))]
    return []


def folders() -> list[Finding]:
    found = []
    for folder in [*written_folders(), backup_folder()]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
                pass
        except OSError:
            problem = _("目录不可写：%(folder)s") % {"folder": folder}
            remedy = _("它应当是一个目录，属于运行本系统的用户，所在的磁盘不能是只读的")
            found.append(Finding(problem, remedy))
            continue
        if (free := free_bytes(folder)) < 5 * settings.MIN_FREE_BYTES:
            values = {"folder": folder, "free": filesizeformat(free)}
            is_serious = free < settings.MIN_FREE_BYTES
            problem = _("磁盘空间不足：%(folder)s 只剩 %(free)s") % values
            found.append(Finding(problem, _("清理旧备份和日志，或扩容"), is_serious=is_serious))
    return found


def media_files() -> list[Finding]:
    if not (lost := lost_files(NEWEST_FILES)):
        return []
    values = {"count": len(lost), "name": lost[0], "folder": settings.MEDIA_ROOT}
    problem = _("有 %(count)s 个照片或附件在 %(folder)s 里找不到，例如 %(name)s，页面上会缺图") % values
    return [Finding(problem, _("核对 VAR_DIR 指对了地方；文件真丢了，从最近的备份（tar 包里的 media 目录）拷回来"))]


def _environment() -> Iterator[tuple[str, Finding]]:
    """What the environment got wrong, each with the id of its system check."""
    for number, name in enumerate(("SECRET_KEY", "FIELD_KEY"), start=1):
        key = getattr(settings, name, "")
        if len(key) < KEY_LENGTH or key.startswith("django-insecure"):
            problem = _("%(name)s 缺失或太短") % {"name": name}
            remedy = _("设为至少 %(length)s 个随机字符，并另行保管") % {"length": KEY_LENGTH}
            yield f"operations.E{number:03}", Finding(problem, remedy)
    remedy = _("把 BASE_URL 设为居民打开本站的地址，如 https://yishiting.example.cn，后面不带路径")
    host = _host_of(settings.WAGTAILADMIN_BASE_URL)
    if not host:
        problem = _("BASE_URL 不是网址，邮件和回执里的链接打不开")
        yield "operations.E003", Finding(problem, remedy)
    elif host in LOCAL_HOSTS and not settings.DEBUG and not settings.DEMO:
        problem = _("BASE_URL 没有设置，邮件和回执里的链接只能在本机打开")
        yield "operations.E004", Finding(problem, remedy, is_serious=is_public())
    if problem := _gateway_problem(settings.SMS_GATEWAY):
        remedy = _("把 SMS_GATEWAY 设为已安装的短信网关类的完整路径，如 package.module.Gateway；不用短信就留空")
        yield "operations.E005", Finding(problem, remedy)


def _host_of(address: str) -> str:
    """The host of http(s)://host[:port]; "" for anything else."""
    try:
        parts = urlsplit(address)
        host, is_port = parts.hostname or "", parts.port is None or parts.port > 0
    except ValueError:
        return ""
    is_plain = parts.scheme in ("http", "https") and not (parts.path or parts.query or parts.fragment or parts.username)
    is_host = re.fullmatch(r"[\w.-]+", host) or re.fullmatch(r"[0-9a-f:.]+", host)
    return (f"[{host}]" if ":" in host else host) if is_plain and is_port and is_host else ""


def _gateway_problem(path: str) -> str:
    if not path or (path == "demo" and settings.DEMO_CHANNELS):
        return ""
    if path == "demo":
        return _("SMS_GATEWAY 是演示用的短信网关，短信不会发出")
    try:
        gateway = import_string(path)
    except Exception as error:  # the gateway's own module may fail in any way
        return _("SMS_GATEWAY 找不到：%(path)s（%(error)s）") % {"path": path, "error": type(error).__name__}
    return "" if callable(getattr(gateway, "send", None)) else _("SMS_GATEWAY 不是短信网关：%(path)s") % {"path": path}


def environment_is_sound(**kwargs: Any) -> list[CheckMessage]:
    """`check --deploy` says of the environment what `doctor` says."""
    return [
        (Error if finding.is_serious else CheckWarning)(finding.problem, hint=finding.remedy, id=identity)
        for identity, finding in _environment()
    ]


def configuration() -> list[Finding]:
    found = [finding for _identity, finding in _environment()]
    if settings.DEBUG:
        problem = _("DEBUG 已打开，出错页会泄露内部信息")
        found.append(Finding(problem, _("正式运行用 portal.settings.production"), is_serious=is_public()))
    if settings.TIME_ZONE != "Asia/Shanghai" or not settings.USE_TZ:
        found.append(Finding(_("时区不是 Asia/Shanghai，期限会算错"), _("不要改动 TIME_ZONE 和 USE_TZ")))
    return found


def mail() -> list[Finding]:
    if settings.DEBUG or (settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and settings.EMAIL_HOST != "localhost"):
        return []
    remedy = _("设置 EMAIL_URL，再用 manage.py sendtestemail 验证；不设则不显示邮箱登录")
    return [Finding(_("没有配置邮件服务器"), remedy, is_serious=False)]


def recent_backup() -> list[Finding]:
    remedy = _("运行 manage.py backup，并设 BACKUP_DAILY=1；备份要另存到别的机器")
    newest = next(iter(backups()), None)
    if newest is None:
        return [Finding(_("还没有备份"), remedy, is_serious=not settings.DEBUG)]
    if backup_age(newest) > BACKUP_LATE_AFTER:
        problem = _("最近的备份已有 %(days)s 天") % {"days": backup_age(newest).days}
        return [Finding(problem, remedy, is_serious=not settings.DEBUG)]
    return []


def periodic_jobs() -> list[Finding]:
    found = []
    remedy = _("用 cron 每分钟运行 manage.py runperiodic，或以服务方式运行 runperiodic --loop 60")
    if last_job_start() is None:
        found.append(Finding(_("定时任务从未运行"), remedy, is_serious=not settings.DEBUG))
    elif worker_is_late():
        found.append(Finding(_("定时任务已停止运行超过半小时"), remedy, is_serious=not settings.DEBUG))
    for job in JobRun.objects.filter(failures__gte=3):
        values = {"name": job.name, "failures": job.failures, "outcome": job.outcome}
        problem = _("定时任务 %(name)s 连续失败 %(failures)s 次（%(outcome)s）") % values
        found.append(Finding(problem, _("在日志里查找该任务的出错位置")))
    return found


def register() -> None:
    own = {
        "database": database,
        "migrations": migrations,
        "cache": cache,
        "folders": folders,
        "media files": media_files,
        "configuration": configuration,
        "mail": mail,
        "backup": recent_backup,
        "periodic jobs": periodic_jobs,
    }
    for name, check in own.items():
        register_check(name, check)
    register_django_check(environment_is_sound, Tags.security, deploy=True)
