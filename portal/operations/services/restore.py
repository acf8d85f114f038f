"""Bringing a backup back: everything is verified before anything is touched."""

import hashlib
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from ..adapters import databases
from ..selectors import future_migrations
from .backup import FORMAT, MANIFEST, key_mark, remove_abandoned

CHUNK = 1024 * 1024
UNPACKED = ".restore-"


class RestoreRefused(Exception):
    """Nothing was changed; the text says why."""


def restore(
    archive: Path, *, replace: bool = False, warn: Callable[[str], object] = lambda text: None
) -> databases.Counts:
    """Restore database and media; rows per table afterwards. `warn` is told of keys other than the backup's.

    Refuses a damaged or foreign archive, and a place that is not empty unless `replace`. Replaced media are moved
    aside, not deleted. Stop the portal first.
    """
    media = Path(settings.MEDIA_ROOT)
    _refuse_unless_free(media, replace=replace)
    media.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(media.parent, f"{UNPACKED}*")
    with tempfile.TemporaryDirectory(dir=media.parent, prefix=UNPACKED) as work:
        place = Path(work)
        manifest = _unpack(archive, place)
        counts = databases.load(place / manifest["database"])
        if counts != manifest["counts"]:
            raise databases.CopyFailed(_("恢复出来的行数与备份清单不符，请换一个备份，加 --replace 再恢复一次。"))
        (place / "media").mkdir(exist_ok=True)
        if _holds_anything(media):
            media.rename(media.with_name(f"{media.name}.before-{timezone.localtime():%Y%m%d-%H%M%S-%f}"))
        elif media.exists():
            media.rmdir()
        os.rename(place / "media", media)
    for warning in [*_other_keys(manifest.get("keys", {})), *_newer_schema()]:
        warn(warning)
    return counts


def _other_keys(marks: dict[str, str]) -> list[str]:
    """Nothing is refused for it: the old key can still be put into the configuration."""
    ours = [settings.FIELD_KEY, *settings.FIELD_KEY_FALLBACKS]
    found = []
    if "FIELD_KEY" in marks and marks["FIELD_KEY"] not in {key_mark("FIELD_KEY", key) for key in ours}:
        found.append(
            _(
                "备份时用的 FIELD_KEY 不在现在的配置里：手机号等加密内容读不出，已发出的查询码全部失效。"
                "请把原来的密钥写进 FIELD_KEY 或 FIELD_KEY_FALLBACKS，再运行 manage.py doctor 核对。"
            )
        )
    if "SECRET_KEY" in marks and marks["SECRET_KEY"] != key_mark("SECRET_KEY", settings.SECRET_KEY):
        found.append(_("SECRET_KEY 与备份时不同：所有人要重新登录，已发出的签名链接失效。"))
    return found


def _newer_schema() -> list[str]:
    if future := future_migrations():
        names = "、".join(future[:5])
        return [_("备份来自更新版本的程序，现在的程序不认识：%s。请先换上那个版本再启动。") % names]
    return []


def _refuse_unless_free(media: Path, *, replace: bool) -> None:
    if replace:
        return
    if not databases.is_empty():
        raise RestoreRefused(_("数据库不是空的。确定不要其中的内容，请加 --replace。"))
    if _holds_anything(media):
        raise RestoreRefused(_("目录 %s 不是空的。要把它移到一边，请加 --replace。") % media)


def _holds_anything(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())


def _unpack(archive: Path, place: Path) -> dict[str, Any]:
    """Unpack into an own folder; each file must be named in the manifest with its hash, and none be missing."""
    found: dict[str, str] = {}
    try:
        with tarfile.open(archive, "r:gz") as bundle:
            for member in bundle:
                found[member.name] = _unpack_file(bundle, member, place)
            _read_to_the_end(bundle)
        manifest = json.loads((place / MANIFEST).read_bytes())
        told = {name: entry["sha256"] for name, entry in manifest["files"].items()}
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the disk's trouble, not the archive's
            values = {"folder": place.parent, "error": error.strerror}
            raise RestoreRefused(_("解不开备份，%(folder)s 写不下或不可写（%(error)s）。") % values) from error
        raise RestoreRefused(
            _("%(file)s 已损坏，或不是本系统的备份（%(error)s）。") % {"file": archive, "error": type(error).__name__}
        ) from error
    if manifest["format"] != FORMAT or manifest["vendor"] != connection.vendor:
        values = {"theirs": manifest["vendor"], "format": manifest["format"], "ours": connection.vendor}
        problem = _("这个备份是另一种数据库的（%(theirs)s，格式%(format)s），本系统用的是 %(ours)s。")
        raise RestoreRefused(problem % values)
    found.pop(MANIFEST)
    if wrong := sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name)):
        raise RestoreRefused(_("有 %(n)d 个文件与清单不符，第一个是：%(name)s") % {"n": len(wrong), "name": wrong[0]})
    return manifest


def _read_to_the_end(bundle: tarfile.TarFile) -> None:
    """The checksum of the compression stands behind the last member, where tarfile does not look."""
    while bundle.fileobj and bundle.fileobj.read(CHUNK):
        pass


def _unpack_file(bundle: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> str:
    parts = PurePosixPath(member.name).parts
    is_ours = member.isreg() and parts and not member.name.startswith("/") and ".." not in parts
    source = bundle.extractfile(member) if is_ours else None
    if source is None:
        raise RestoreRefused(_("备份里有不该有的内容：%s") % member.name)
    target = place.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source, target.open("wb") as output:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            output.write(chunk)
    os.utime(target, (member.mtime, member.mtime))
    return digest.hexdigest()
