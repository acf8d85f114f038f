"""Codes and messages in any state, brought there by services."""

from typing import Any

from liaison_stations.deputies.models import Deputy
from liaison_stations.deputies.services import save_deputy
from liaison_stations.messages import services
from liaison_stations.messages.models import DeputyMessage, DeputyQrCode
from portal.idempotency.rules import new_key

from . import receptions

PHONE = "13800000009"


def deputy(cast: Any) -> Deputy:
    """The cast's deputy with a mandate."""
    found = Deputy.objects.filter(user=cast.deputy).first()
    if found is None:
        found = receptions.deputy(cast, "人大代表示例")
        found.user = cast.deputy
        found = save_deputy(deputy=found, by=cast.committee)
    return found


def station_code(cast: Any) -> DeputyQrCode:
    return services.issue_code(by=cast.clerk, station=receptions.desk().main)


def deputy_code(cast: Any) -> DeputyQrCode:
    return services.issue_code(by=cast.clerk, deputy=deputy(cast))


def message(cast: Any, code: DeputyQrCode | None = None, **fields: Any) -> DeputyMessage:
    values = {"body": "楼下的路灯坏了一个月", "name": "王示例", "phone": PHONE, "form_key": new_key()} | fields
    number = services.leave_message(code=code or deputy_code(cast), **values)
    return DeputyMessage.objects.get(number=number)
