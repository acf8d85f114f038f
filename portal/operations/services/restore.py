"""Bringing a backup back: everything is verified before anything is touched."""

import hashlib
import json
import os
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ..adapters import databases
from .backup import FORMAT, MANIFEST

CHUNK = 1024 * 1024


class RestoreRefused(Exception):
    """Nothing was changed; the text says why."""


def restore(archive: Path, *, replace: bool = False) -> databases.Counts:
    """Restore database and media; rows per table afterwards.

    Refuses a damaged or foreign archive, and a place that is not empty unless `replace`. Replaced media are moved
    aside, not deleted. Stop the portal first.
    """
    media = Path(settings.MEDIA_ROOT)
    _refuse_unless_free(media, replace=replace)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent, prefix=".restore-") as work:
        place = Path(work)
        manifest = _unpack(archive, place)
        counts = databases.load(place / manifest["database"])
        if counts != manifest["counts"]:
            raise databases.CopyFailed("The restored database does not have the rows that the manifest tells.")
        (place / "media").mkdir(exist_ok=True)
        if _holds_anything(media):
            media.rename(media.with_name(f"{media.name}.before-{timezone.localtime():%Y%m%d-%H%M%S-%f}"))
        elif media.exists():
            media.rmdir()
        os.rename(place / "media", media)
    return counts


def _refuse_unless_free(media: Path, *, replace: bool) -> None:
    if replace:
        return
    if not databases.is_empty():
        raise RestoreRefused("The database is not empty. To lose what is in it, add --replace.")
    if _holds_anything(media):
        raise RestoreRefused(f"{media} is not empty. To move it aside, add --replace.")


def _holds_anything(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())


def _unpack(archive: Path, place: Path) -> dict[str, Any]:
    """Unpack into an own folder; each file must be named in the manifest with its hash, and none be missing."""
    found: dict[str, str] = {}
    try:
        with tarfile.open(archive, "r:gz") as bundle:
            for member in bundle:
                found[member.name] = _unpack_file(bundle, member, place)
        manifest = json.loads((place / MANIFEST).read_bytes())
        told = {name: entry["sha256"] for name, entry in manifest["files"].items()}
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError) as error:
        raise RestoreRefused(f"{archive} is damaged or not a backup of the portal ({type(error).__name__}).") from error
    if manifest["format"] != FORMAT or manifest["vendor"] != connection.vendor:
        kind = f"format {manifest['format']}, {manifest['vendor']}"
        raise RestoreRefused(f"The backup is of another kind ({kind}); this portal runs on {connection.vendor}.")
    found.pop(MANIFEST)
    if wrong := sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name)):
        raise RestoreRefused(f"{len(wrong)} files differ from the manifest, the first: {wrong[0]}")
    return manifest


def _unpack_file(bundle: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> str:
    parts = PurePosixPath(member.name).parts
    is_ours = member.isreg() and parts and not member.name.startswith("/") and ".." not in parts
    source = bundle.extractfile(member) if is_ours else None
    if source is None:
        raise RestoreRefused(f"The archive holds something that no backup holds: {member.name}")
    target = place.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source, target.open("wb") as output:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            output.write(chunk)
    os.utime(target, (member.mtime, member.mtime))
    return digest.hexdigest()
