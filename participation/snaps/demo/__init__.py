"""A dozen photo reports over the states, with drawn pictures. Demo only."""

import io
import secrets
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from participation.ledger import services as ledger_services
from participation.ledger.models import LedgerItem
from portal.accounts.demo import SUBDISTRICT
from portal.jurisdictions.models import Division

from .. import services
from ..models import SnapReport

SKY, WALL, ROAD, INK, LIGHT, GREEN = "#DCE6EE", "#F3F1EB", "#5A6068", "#1D2126", "#FFB000", "#1B6B4A"
# motif, place, words, category, how far it goes
COURSES: tuple[tuple[str, str, str, str, str], ...] = (
    ("lamp", "书院路12号门口（示例）", "路灯不亮，晚上看不清台阶。", "electricity", "closed"),
    ("cover", "三眼井社区北门（示例）", "井盖翘起一角，骑车容易摔。", "city_management", "verified"),
    ("lamp", "滨河步道第三张长椅旁（示例）", "路灯一直闪，像要坏了。", "electricity", "answered"),
    ("rubbish", "菜市场后门（示例）", "垃圾堆到了人行道上。", "city_management", "assigned"),
    ("bicycle", "地铁口东侧（示例）", "共享单车占了盲道。", "transport", "forwarded"),
    ("cover", "小学西门外（示例）", "雨水箅子堵了，下雨就积水。", "water", "feedback"),
    ("rubbish", "河边绿道入口（示例）", "有人倒装修垃圾。", "ecology", "reviewed"),
    ("bicycle", "菜市场前门（示例）", "单车堆在消防通道。", "public_security", "reviewed"),
    ("rubbish", "菜市场后门（示例）", "后门的垃圾还没有清。", "city_management", "duplicate"),
    ("lamp", "老年活动室门口（示例）", "门灯坏了。", "electricity", "captured"),
    ("cover", "", "路上有个坑。", "unsorted", "returned"),
    ("bicycle", "示例商场停车场", "和商场的停车费纠纷，准备起诉。", "unsorted", "diverted"),
)


def drawn(motif: str, *, is_mended: bool = False) -> SimpleUploadedFile:
    """Flat shapes on a street: no photo, no face, no plate."""
    picture = Image.new("RGB", (800, 600), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 120, 260, 430), fill=WALL, outline=INK, width=3)
    draw.rectangle((0, 430, 800, 600), fill=ROAD)
    if motif == "lamp":
        draw.rectangle((520, 120, 536, 450), fill=INK)
        draw.rectangle((440, 112, 536, 126), fill=INK)
        if is_mended:
            draw.polygon([(440, 160), (490, 160), (600, 430), (330, 430)], fill="#FFF1C9")
        draw.ellipse((440, 126, 490, 166), fill=LIGHT if is_mended else ROAD, outline=INK, width=3)
    elif motif == "cover":
        draw.ellipse((380, 480, 560, 560), fill=INK)
        shift = 0 if is_mended else -36
        draw.ellipse((386, 484 + shift, 554, 552 + shift), fill="#8A8F96", outline=INK, width=4)
    elif motif == "bicycle":
        for number in range(1 if is_mended else 4):
            left = 330 + number * 100
            for x in (left, left + 80):
                draw.ellipse((x, 440, x + 70, 510), outline=INK, width=6)
            draw.line((left + 35, 475, left + 75, 420, left + 115, 475), fill=GREEN, width=6)
    else:
        for number in range(0 if is_mended else 7):
            left = 330 + number * 55
            draw.ellipse((left, 400 - (number % 3) * 40, left + 90, 490), fill=(INK, GREEN, "#8A5700")[number % 3])
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return SimpleUploadedFile(f"{motif}.jpg", buffer.getvalue(), content_type="image/jpeg")


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """All of it or nothing. How many were made; 0 when they were there already."""
    division = Division.objects.filter(code=SUBDISTRICT).first()
    if division is None or SnapReport.objects.exists():
        return 0
    assigned: SnapReport | None = None
    for motif, place, text, category, ending in COURSES:
        number = services.capture_snap(
            sender=cast["deputy"],
            form_key=secrets.token_urlsafe(24),
            division=division,
            text=text,
            place=place,
            position="" if place else "27.73250,112.53100",
            photos=[drawn(motif)],
        )
        row = SnapReport.objects.get(number=number)
        _walk(cast, row, motif, category, ending, assigned)
        assigned = row if ending == "assigned" else assigned
    return len(COURSES)


def _walk(
    cast: dict[str, Any], row: SnapReport, motif: str, category: str, ending: str, target: SnapReport | None
) -> None:
    moderator, committee = cast["moderator"], cast["committee"]
    if ending == "captured":
        return
    if ending == "returned":
        services.return_snap(snap=row, by=moderator, reason="请写明在哪条路、哪个路口。")
        return
    if ending == "diverted":
        services.divert_snap(snap=row, by=moderator, channel="court")
        return
    boxes = [(2.0, 22.0, 20.0, 12.0)] if motif == "lamp" else []
    words = {"lamp": "路边的路灯，灯头不亮（示意画）", "cover": "路面上的井盖（示意画）"}
    alt = words.get(motif, "街边的现场（示意画）")
    services.redact_photo(photo=row.photos.get(), by=moderator, boxes=boxes, alt=alt)
    services.classify_snap(snap=row, by=moderator, category=category)
    row = services.review_snap(snap=row, by=moderator)
    if ending == "duplicate" and target is not None:
        services.merge_snap(snap=row, by=moderator, target=target)
    elif ending in ("forwarded", "feedback"):
        services.forward_to_hotline(snap=row, by=committee, hotline_number=f"示例{row.last_six}")
        if ending == "feedback":
            services.receive_feedback(snap=row, by=committee, feedback="12345答复：已派人清掏（示例）。")
    elif ending != "reviewed":
        row = services.assign_snap(snap=row, by=committee)
        if ending != "assigned":
            _see_through(cast, row, motif, ending)


def _see_through(cast: dict[str, Any], row: SnapReport, motif: str, ending: str) -> None:
    unit = cast["unit"].role_assignments.filter(role="unit").select_related("unit").first().unit
    item = LedgerItem.objects.get(pk=row.ledger_item_id)
    ledger_services.assign_item(item=item, by=cast["committee"], unit=unit, owner_name="责任人（示例）")
    item = ledger_services.sign_for_item(item=LedgerItem.objects.get(pk=item.pk), by=cast["unit"])
    ledger_services.note_contact(item=item, by=cast["unit"], way="face")
    after = [(drawn(motif, is_mended=True), "修好以后的现场（示意画）", "after")]
    text = "已经修好，欢迎继续监督（示例）。"
    ledger_services.draft_reply(item=item, by=cast["unit"], kind="done", text=text, photos=after)
    ledger_services.sign_reply(item=LedgerItem.objects.get(pk=item.pk), by=cast["unit"])
    if ending == "answered":
        return
    row = services.verify_snap(
        snap=row, by=cast["deputy"], is_mended=True, note="到现场看过（示例）。", photos=[drawn(motif, is_mended=True)]
    )
    if ending == "closed":
        photos = [row.photos.get(moment="after"), *services.add_unit_photos(snap=row, by=cast["moderator"])]
        for photo, alt in zip(
            photos, ("修好以后的路灯，灯亮了（示意画）", "承办单位拍的路灯，灯亮了（示意画）"), strict=True
        ):
            services.redact_photo(photo=photo, by=cast["moderator"], boxes=[], alt=alt)
        # two people, two verbs: the unit reports 办结, who reported rates, the committee grants 销号; only then 归档
        item = ledger_services.complete_item(item=LedgerItem.objects.get(pk=item.pk), by=cast["unit"])
        ledger_services.rate_reply(item=item, by=cast["deputy"], value="satisfied")
        ledger_services.close_off_item(item=item, by=cast["committee"], evidence="现场核查，路灯已亮（示例）。")
        services.close_snap(snap=SnapReport.objects.get(pk=row.pk), by=cast["committee"])
