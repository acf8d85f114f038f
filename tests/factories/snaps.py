"""Photo reports in any state, brought there by the services themselves."""

import io
import secrets
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from participation.ledger.models import LedgerItem
from participation.snaps import services
from participation.snaps.models import SnapReport

from . import ledger
from .proposals import subdistrict

TEXT = "路灯不亮，晚上看不清台阶。"


def shot(size: tuple[int, int] = (80, 60), colour: str = "white", *, gps: bool = False) -> SimpleUploadedFile:
    """A photo as a phone sends it; with `gps` it tells where it was taken."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010F] = "SECRETPHONE"
    Image.new("RGB", size, colour).save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", buffer.getvalue(), content_type="image/jpeg")


def captured(sender: Any, **fields: Any) -> SnapReport:
    fields.setdefault("division", subdistrict())
    fields.setdefault("text", TEXT)
    fields.setdefault("place", "书院路12号门口")
    fields.setdefault("photos", [shot()])
    number = services.capture_snap(sender=sender, form_key=secrets.token_urlsafe(24), **fields)
    return SnapReport.objects.get(number=number)


def reviewed(cast: Any, **fields: Any) -> SnapReport:
    return services.review_snap(snap=captured(cast.deputy, **fields), by=cast.moderator)


def assigned(cast: Any, **fields: Any) -> SnapReport:
    return services.assign_snap(snap=reviewed(cast, **fields), by=cast.committee)


def answered(cast: Any, *, evidence: Any = (), **fields: Any) -> SnapReport:
    """Assigned, and the unit has replied in the ledger, with `evidence` (upload, words, before or after)."""
    from participation.ledger import services as ledger_services

    snap = assigned(cast, **fields)
    item = LedgerItem.objects.get(pk=snap.ledger_item_id)
    ledger_services.assign_item(item=item, by=cast.committee, unit=ledger.unit_of(cast.unit), owner_name="示例责任人")
    item = ledger_services.sign_for_item(item=LedgerItem.objects.get(pk=item.pk), by=cast.unit)
    ledger_services.note_contact(item=item, by=cast.unit, way="face")
    ledger_services.draft_reply(item=item, by=cast.unit, kind="done", text=ledger.ANSWER, photos=evidence)
    ledger_services.sign_reply(item=item, by=cast.unit)
    return SnapReport.objects.get(pk=snap.pk)


def closed_off(cast: Any, snap: SnapReport) -> SnapReport:
    """Its ledger item goes the whole way: 办结 by the unit, the sender rates, 销号 by the committee."""
    from participation.ledger import services as ledger_services

    item = ledger_services.complete_item(item=LedgerItem.objects.get(pk=snap.ledger_item_id), by=cast.unit)
    ledger_services.rate_reply(item=item, by=cast.deputy, value="satisfied")
    ledger_services.close_off_item(item=item, by=cast.committee, evidence="现场核查，路灯已亮。")
    return SnapReport.objects.get(pk=snap.pk)


def verified(cast: Any, **fields: Any) -> SnapReport:
    row = answered(cast, **fields)
    return services.verify_snap(snap=row, by=cast.deputy, is_mended=True, photos=[shot(colour="yellow")])
