"""Codes for every station with its deputies, and messages in each state, with invented words. Demo only."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from portal.accounts.demo import SUBDISTRICT
from portal.idempotency.rules import new_key

from .. import services
from ..models import DeputyMessage, DeputyQrCode
from ..services.leaving import due_day

KIND = DeputyMessage.AnswerKind


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """How many messages were left; 0 when there are some already."""
    if DeputyMessage.objects.exists():
        return 0
    admin, clerk = cast["admin"], cast["clerk"]
    stations = LiaisonStation.objects.filter(live=True, kind=LiaisonStation.Kind.MAIN, division__isnull=False)
    for station in stations.select_related("division").order_by("pk"):
        services.issue_code(by=admin, station=station)
    people = Deputy.objects.filter(division__code=SUBDISTRICT, is_void=False).select_related("division")
    codes = [services.issue_code(by=clerk, deputy=row) for row in people.order_by("pk") if row.is_in_office]
    home = DeputyQrCode.objects.filter(station__division__code=SUBDISTRICT).select_related("station").first()
    if home is None or not codes:
        return 0
    own = next((code for code in codes if code.deputy and code.deputy.user == cast["deputy"]), codes[0])
    left = [
        _leave(own, "楼下的健身器材松了，想请代表反映一下，尽快加固。", "王女士（示例）", days=2),
        _leave(own, "想问问老旧小区加装电梯的事，代表能不能帮着反映到街道？", "李先生（示例）", days=9),
        _leave(home, "联络站下个月什么时候有代表接待？我想带几位邻居一起来。", "", days=20),
        _leave(home, "公交站台没有遮雨棚，下雨天老人没地方站。", "张女士（示例）", days=12),
        _leave(home, "和开发商打官司，法院已经立案，想请代表过问判决。", "", days=6),
        _leave(home, "小区东门外的斑马线磨没了，想请代表来看看。", "陈女士（示例）", days=3),
        _leave(home, "想在小区里建一个飞线充电的替代点，愿意公开征求大家的意见。", "周先生（示例）", days=8),
        _leave(home, "低价出售白酒，加我好友有优惠。", "", days=4),
        _leave(own, "幼儿园门口放学时堵车，代表能不能向交警反映？", "", days=5, sender=cast["resident"]),
    ]
    services.answer_message(
        message=left[1], by=cast["deputy"], kind=KIND.REFLECTED.value,
        text="已向街道办事处反映，街道答应下周到小区听取意见。有消息再告诉您（示例）。",
    )  # fmt: skip
    services.open_message_as_item(message=left[3], by=clerk, title="公交站台加装遮雨棚（示例）")
    services.divert_message(message=left[4], by=clerk, channel="court", reason="已经进入诉讼程序的事项请向法院反映。")
    services.pass_message_on(message=left[5], by=clerk, deputy=own.deputy)
    services.open_message_as_proposal(
        message=left[6], by=clerk, title="增设集中充电点（示例）", has_agreed=True,
        body="小区里飞线充电的多，建议在东侧空地建一个集中充电点，先听取大家的意见（示例）。",
    )  # fmt: skip
    services.reject_message(message=left[7], by=clerk, reason="商业广告，不予受理。")
    services.answer_message(
        message=left[8], by=cast["deputy"], kind=KIND.TRANSFERRED.value,
        text="已转办给街道城管办，由他们与交警联系放学时段的疏导（示例）。",
    )  # fmt: skip
    revoked = codes[-1]
    if revoked.pk != own.pk:
        services.revoke_code(code=revoked, by=clerk, reason="海报遗失（示例）")
    return len(left)


def _leave(code: DeputyQrCode, body: str, name: str, *, days: int, sender: Any = None) -> DeputyMessage:
    phone = "" if sender else "13800000000"
    number = services.leave_message(
        code=code, form_key=new_key(), body=body, name=name, phone=phone, sender=sender
    )  # fmt: skip
    message = DeputyMessage.objects.select_related("division").get(number=number)
    message.created_at = timezone.now() - timedelta(days=days)
    message.due_on = due_day(message.division, timezone.localdate(message.created_at))
    message.save(update_fields=["created_at", "due_on"])
    return message
