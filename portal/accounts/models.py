"""账号: residents and staff, their roles with a scope and dates."""

import secrets

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_trail_id() -> str:
    return secrets.token_hex(8)


class User(AbstractUser):
    """用户: one person. Emptied on cancellation, never deleted."""

    first_name = None
    last_name = None
    trail_id = models.CharField(_("记录编号"), max_length=16, unique=True, default=new_trail_id, editable=False)

    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")


class Role(models.TextChoices):
    """角色: the names of the cast; each is held in a division, from a date, to a date."""

    RESIDENT = "resident", _("居民")
    MEMBER = "member", _("议事代表")
    DEPUTY = "deputy", _("人大代表")
    CLERK = "clerk", _("联络站工作人员")
    COMMUNITY = "community", _("社区工作者")
    EDITOR = "editor", _("编辑")
    MODERATOR = "moderator", _("审核员")
    COMMITTEE = "committee", _("人大街道工委工作人员")
    DIRECTOR = "director", _("人大街道工委主任")
    UNIT = "unit", _("承办单位")
    PARTY = "party", _("党工委")
    SUPERIOR = "superior", _("上级人大常委会")
    AUDITOR = "auditor", _("审计员")
    ADMIN = "admin", _("系统管理员")


class RoleAssignment(models.Model):
    """任职: one user holds one role in one division (with all below it) between two dates, both inclusive."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("用户"))
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, verbose_name=_("范围"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.division}"
