"""What `doctor` looks at by itself; features register more."""

import datetime
import tempfile

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import JobRun
from .registry import Finding, register_check
from .selectors import backup_folder, free_bytes, last_job_start, pending_migrations, worker_is_late, written_folders
from .services.backup import backup_age, backups

MIGRATE = "manage.py migrate"
BACKUP_LATE_AFTER = datetime.timedelta(days=2)
CLOCK_TOLERANCE = datetime.timedelta(seconds=5)
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
KEY_LENGTH = 40


def _run(command: str) -> str:
    return _("运行 %(command)s") % {"command": command}


def is_public() -> bool:
    """Whether others than this machine are meant to reach it."""
    return bool(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)


def database() -> list[Finding]:
    try:
        connection.ensure_connection()
    except Exception as error:  # any driver's reason
        problem = _("数据库连不上：%(error)s") % {"error": type(error).__name__}
        return [Finding(problem, _("检查 DATABASE_URL，以及数据库服务是否在运行"))]
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _sqlite() -> list[Finding]:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    found = []
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
            found.append(Finding(_("数据库文件已损坏"), _run("manage.py restore …")))
    return found


def _postgresql() -> list[Finding]:
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        if cursor.fetchone()[0] != "on":
            found.append(Finding(_("PostgreSQL 的 fsync 已关闭，断电会丢数据"), _("在 postgresql.conf 里打开 fsync")))
        cursor.execute("SHOW server_encoding")
        if cursor.fetchone()[0] != "UTF8":
            found.append(Finding(_("数据库编码不是 UTF8，部分汉字无法保存"), _("用 UTF8 编码重建数据库")))
        cursor.execute("SELECT clock_timestamp()")
        if abs(cursor.fetchone()[0] - timezone.now()) > CLOCK_TOLERANCE:
            found.append(Finding(_("数据库服务器与本机的时钟不一致"), _("两台机器都打开时间同步（NTP）")))
    return found


def migrations() -> list[Finding]:
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
            found.append(Finding(problem, _("把目录的所有者改为运行本系统的用户")))
            continue
        if (free := free_bytes(folder)) < 5 * settings.MIN_FREE_BYTES:
            values = {"folder": folder, "free": filesizeformat(free)}
            is_serious = free < settings.MIN_FREE_BYTES
            problem = _("磁盘空间不足：%(folder)s 只剩 %(free)s") % values
            found.append(Finding(problem, _("清理旧备份和日志，或扩容"), is_serious=is_serious))
    return found


def configuration() -> list[Finding]:
    found = []
    for name in ("SECRET_KEY", "FIELD_KEY"):
        key = getattr(settings, name, "")
        if len(key) < KEY_LENGTH or key.startswith("django-insecure"):
            problem = _("%(name)s 缺失或太短") % {"name": name}
            found.append(Finding(problem, _("设为至少 %(length)s 个随机字符，并另行保管") % {"length": KEY_LENGTH}))
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
        "configuration": configuration,
        "mail": mail,
        "backup": recent_backup,
        "periodic jobs": periodic_jobs,
    }
    for name, check in own.items():
        register_check(name, check)
