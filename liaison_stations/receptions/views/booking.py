"""预约 and 取消预约: POST only; who is not logged in comes back here afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participation.moderation.rules import Refused

from .. import services
from ..models import Booking, ReceptionSession


@require_POST
def book(request: HttpRequest, key: str) -> HttpResponse:
    row = get_object_or_404(ReceptionSession.objects.public(), key=key)
    if not request.user.is_authenticated:
        return redirect(f"/accounts/login/?next={row.get_absolute_url()}")
    text = request.POST.get("slot", "")
    slot = int(text) if text.isdecimal() and len(text) < 4 else -1
    try:
        services.book(session=row, slot=slot, by=request.user)
    except (Refused, PermissionDenied) as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    messages.success(request, _("已预约。请按时到站，来不了请取消，把时间留给别人。"))
    return redirect(row)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The own one only: another's is not there."""
    user: Any = request.user
    if not user.is_authenticated:
        return redirect("/accounts/login/")
    booking = get_object_or_404(Booking.objects.select_related("session"), pk=pk, user=user)
    try:
        services.cancel_booking(booking=booking, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已取消预约。"))
    return redirect(booking.session)
