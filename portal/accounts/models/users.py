"""账号: residents and staff. What can identify a resident is sealed."""

import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal.encryption.fields import BlindIndexField, EncryptedTextField

from .. import rules
from ..querysets import PortalUserManager


def new_trail_id() -> str:
    return secrets.token_hex(8)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # untyped: Wagtail media
    """用户: one person. Emptied on cancellation, never deleted.

    `phone` is the number one logs in with: one person each. `contact_phone` may be anything that rings, and shared.
    """

    class Verification(models.TextChoices):
        PHONE = "phone", _("手机验证码")
        COUNTER = "counter", _("窗口核验")
        PROVIDER = "provider", _("身份认证平台")

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    trail_id = models.CharField(_("记录编号"), max_length=16, unique=True, default=new_trail_id, editable=False)
    real_name = EncryptedTextField(_("姓名"), blank=True)
    nickname = models.CharField(_("昵称"), max_length=20, blank=True)
    shows_nickname = models.BooleanField(_("公开昵称"), default=False)
    phone = EncryptedTextField(_("登录手机"), blank=True)
    phone_index = BlindIndexField(source="phone", purpose="phone", normalise=rules.normalised_phone, unique=True)
    phone_verified_at = models.DateTimeField(_("手机验证时间"), null=True, blank=True)
    contact_phone = EncryptedTextField(_("联系电话"), blank=True)
    contact_phone_index = BlindIndexField(
        source="contact_phone", purpose="contact_phone", normalise=rules.normalised_phone, db_index=True
    )
    address = EncryptedTextField(_("联系地址"), blank=True)
    division = models.ForeignKey(
        "jurisdictions.Division", models.PROTECT, null=True, blank=True, verbose_name=_("所在社区(村)")
    )
    age_confirmed_at = models.DateTimeField(_("确认已满14周岁的时间"), null=True, blank=True)
    verified_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    verification = models.CharField(_("核验方式"), max_length=10, choices=Verification, blank=True)
    verified_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("核验人"))
    prefers_elder_mode = models.BooleanField(_("长者模式"), default=False)
    prefers_high_contrast = models.BooleanField(_("高对比"), default=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    must_agree_again = models.BooleanField(_("须重新同意规则"), default=False, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("注销时间"), null=True, blank=True)

    objects: ClassVar[Any] = PortalUserManager()
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    lacks_second_factor = False  # of staff in a session by password alone: until then they are residents

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.CheckConstraint(
                name="user_verified_has_a_method",
                condition=models.Q(verified_at__isnull=True, verification="")
                | (models.Q(verified_at__isnull=False) & ~models.Q(verification="")),
            ),
            models.CheckConstraint(
                name="user_cancelled_is_inactive",
                condition=models.Q(cancelled_at__isnull=True) | models.Q(is_active=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return not self.lacks_second_factor and super().has_perm(perm, obj)

    @property
    def is_verified(self) -> bool:
        """Phone code, or identity checked at the counter or by a provider."""
        return self.verified_at is not None

    @property
    def display_name(self) -> str:
        """How others see this person: never a full name, never a number."""
        if self.cancelled_at:
            return str(_("已注销用户"))
        return rules.shown_name(real_name=self.real_name, nickname=self.nickname, shows_nickname=self.shows_nickname)

    def get_full_name(self) -> str:
        """For staff and for the person: the real name if known, else the user name."""
        return self.real_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def masked_phone(self) -> str:
        return rules.masked_phone(self.phone) if self.phone else ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Raising the epoch ends every session with its next request, also those that left no row."""
        return salted_hmac(
            "portal.accounts.session", f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def clean(self) -> None:
        super().clean()
        self.phone = rules.normalised_phone(self.phone)
        self.contact_phone = rules.normalised_phone(self.contact_phone)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("accounts are emptied (services.cancel_account), never deleted")
