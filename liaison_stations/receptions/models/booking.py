"""接待预约: a seat of a slot, held by one person. The database refuses a seat twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.encryption.fields import EncryptedTextField

from .sessions import ReceptionSession


class Booking(models.Model):
    """接待预约: by a verified resident (`user`), or taken on the phone by staff (`name`, `phone`).

    `seat` counts from 1 within a slot; a cancelled one gives the seat back.
    """

    session = models.ForeignKey(ReceptionSession, models.PROTECT, related_name="bookings", verbose_name=_("接待场次"))
    slot = models.PositiveSmallIntegerField(_("时段"), default=0)
    seat = models.PositiveSmallIntegerField(_("序号"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("预约人")
    )
    name = models.CharField(_("称呼"), max_length=20, blank=True)
    phone = EncryptedTextField(_("电话"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    created_at = models.DateTimeField(_("预约时间"), auto_now_add=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接待预约")
        verbose_name_plural = _("接待预约")
        ordering = ["session", "slot", "seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "slot", "seat"], condition=Q(cancelled_at__isnull=True), name="booking_seat_once"
            ),
            models.UniqueConstraint(
                fields=["session", "user"],
                condition=Q(cancelled_at__isnull=True, user__isnull=False),
                name="booking_once_per_person",
            ),
            models.CheckConstraint(condition=Q(seat__gte=1), name="booking_seats_from_one"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(entered_by__isnull=False), name="booking_has_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.slot}/{self.seat}"
