"""Two factors: secrets are sealed, QR codes are drawn into the page."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.encryption.services import decrypt, encrypt

from ..selectors import is_staff_member


class PortalMFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("开启两步验证后不能添加邮箱。"),
        "cannot_delete_authenticator": _("工作人员账号必须保留一种两步验证方式。"),
        "cannot_generate_recovery_codes": _("请先开启两步验证，再生成恢复码。"),
        "incorrect_code": _("验证码不对。"),
        "unverified_email": _("请先验证邮箱，再开启两步验证。"),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep one second factor as long as one is required."""
        if not settings.STAFF_MFA_REQUIRED or not is_staff_member(authenticator.user):
            return True
        proper = Authenticator.objects.filter(user=authenticator.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return bool(proper.exclude(pk=authenticator.pk).exists())

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)
