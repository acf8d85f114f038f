"""Issuing and revoking the codes on the wall."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from participation.moderation.rules import Refused
from portal.trail.services import record as record_step

from ..models import DeputyQrCode
from ..permissions import user_can_keep_codes
from ..rules.naming import REASON_LENGTH, TOKEN_LENGTH, TOKEN_LETTERS
from .moves import words

CODE_KIND = "deputy_qr_code"


def _new_token() -> str:
    return "".join(secrets.choice(TOKEN_LETTERS) for _position in range(TOKEN_LENGTH))


def issue_code(*, by: Any, station: LiaisonStation | None = None, deputy: Deputy | None = None) -> DeputyQrCode:
    """The valid code of a station or a deputy in office; the one that is there where there is one already."""
    owner = station or deputy
    if owner is None or (station is not None and deputy is not None):
        raise ValueError("a code belongs to one station or one deputy")
    if owner.division is None or not user_can_keep_codes(by, owner.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    if deputy is not None and not deputy.is_in_office:
        raise Refused(_("这位代表不在任，不能启用代表码。"))
    if station is not None and not station.live:
        raise Refused(_("这个联络站（点）的页面还没有公开，不能启用联络站码。"))
    rows = DeputyQrCode.objects.valid().filter(station=station, deputy=deputy)
    try:
        with transaction.atomic():
            known = rows.first()
            if known is not None:
                return known
            code = DeputyQrCode.objects.create(
                token=_new_token(), station=station, deputy=deputy, division=owner.division,
                issued_at=timezone.now(), issued_by=by,
            )  # fmt: skip
            _note(code, "issue_code", by)
    except IntegrityError:  # somebody else issued it in the same moment
        return rows.get()
    return code


@transaction.atomic
def revoke_code(*, code: DeputyQrCode, by: Any, reason: str) -> DeputyQrCode:
    """停用: whoever scans it from now on is shown where the station is."""
    row = DeputyQrCode.objects.select_for_update(of=("self",)).select_related("division").get(pk=code.pk)
    if not user_can_keep_codes(by, row.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    reason = words(reason, REASON_LENGTH, _("请写明停用的理由。"))
    if not row.is_valid:
        raise Refused(_("这个码已经停用。"))
    row.revoked_at, row.revoked_by, row.revoke_reason = timezone.now(), by, reason
    row.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    _note(row, "revoke_code", by, reason)
    return row


@transaction.atomic
def reissue_code(*, code: DeputyQrCode, by: Any, reason: str) -> DeputyQrCode:
    """换码 in one step: the old one ends, a new one is valid."""
    row = revoke_code(code=code, by=by, reason=reason)
    return issue_code(by=by, station=row.station, deputy=row.deputy)


def _note(code: DeputyQrCode, verb: str, by: Any, reason: str = "") -> None:
    record_step(
        subject_kind=CODE_KIND, subject_key=str(code.pk), verb=verb, actor=by, capacity="staff", reason=reason,
        detail={"of": "station" if code.station_id else "deputy"},
    )  # fmt: skip
