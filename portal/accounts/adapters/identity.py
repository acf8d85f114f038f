"""Ways of checking who somebody is. A national or provincial platform is added by registering one more class."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class PhoneCode:
    """A code sent to the number came back; the door has checked it before it asks to verify."""

    key = "phone"
    label = _("手机验证码")

    def is_available(self) -> bool:
        return True

    def check(self, *, user: Any, evidence: dict[str, Any]) -> bool:
        return bool(user.phone) and user.phone_verified_at is not None


class Counter:
    """Somebody of the staff saw the identity document; no number of it is kept."""

    key = "counter"
    label = _("窗口核验")

    def is_available(self) -> bool:
        return True

    def check(self, *, user: Any, evidence: dict[str, Any]) -> bool:
        return evidence.get("by") is not None and bool(evidence.get("saw_document"))
