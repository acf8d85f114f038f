"""allauth's doors on our user: the phone is sealed, codes leave through the outbox, limits are per account."""

import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import PhoneField
from portal.frame.modes import set_mode
from portal.jurisdictions.selectors import site_name
from portal.outbox.backends import channel_for
from portal.outbox.backends.base import ChannelUnavailable, NotSent
from portal.outbox.backends.sms import Text
from portal.outbox.selectors import sender_sign
from portal.outbox.services import send_code_now

from .. import rules
from ..models import User
from ..second_fact import is_known_device, note_code_login, remember_device
from ..services.privacy import accept_notice
from ..services.users import note, opaque_username, set_phone, set_phone_verified

logger = logging.getLogger(__name__)

CODE_LETTERS = {
    "account/email/login_code": "login",
    "account/email/email_confirmation": "verify",
    "account/email/email_confirmation_signup": "signup",
    "account/email/password_reset_code": "password",
}


def _purpose_of_text(request: HttpRequest, user: User) -> str:
    """What the code in a text message is for: to log in, to sign up, or to prove a number of somebody logged in."""
    if request.user.is_authenticated:
        return "verify"
    return "login" if user.phone_verified_at else "signup"


class PortalAccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已停用。"),
        "email_password_mismatch": _("用户名或密码不对。"),
        "phone_password_mismatch": _("用户名或密码不对。"),
        "username_password_mismatch": _("用户名或密码不对。"),
        "email_taken": _("这个邮箱已有账号。"),
        "phone_taken": _("这个手机号已有账号。"),
        "enter_current_password": _("当前密码不对。"),
        "incorrect_code": _("验证码不对，请再看一遍短信或邮件，或重新获取。"),
        "incorrect_password": _("密码不对。"),
        "invalid_login": _("请填写用户名。"),
        "too_many_login_attempts": _("尝试次数太多，请等五分钟再试。账号绑了手机的，也可以用验证码登录。"),
        "select_only_one": _("手机和邮箱请只填一个。"),
        "same_as_current": _("新的和现在的一样。"),
        "rate_limited": _("操作太频繁，请稍等几分钟再试。"),
        "unverified_primary_email": _("请先验证邮箱。"),
        "cannot_remove_primary_email": _("不能删除主邮箱。"),
        "duplicate_email": _("这个邮箱已经是您的了。"),
        "invalid_or_expired_key": _("链接无效或已过期。"),
        "invalid_password_reset": _("重设密码的请求无效或已过期。"),
        "username_blacklisted": _("这个用户名不能使用。"),
        "username_taken": _("这个用户名已被使用。"),
    }

    # --- phone ---------------------------------------------------------------------------------------------------
    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        kwargs["label"] = _("手机号")
        return PhoneField(mobile_only=True, **kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        set_phone(user=user, phone=phone, is_verified=verified)

    def set_phone_verified(self, user: User, phone: str) -> None:
        set_phone_verified(user=user, phone=phone)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.with_phone(phone).first()

    # --- codes and letters -----------------------------------------------------------------------------------------
    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        purpose = _purpose_of_text(self.request, user)
        self._attempt(
            lambda: send_code_now(channel="sms", address=phone, code=code, purpose=purpose, minutes=self._minutes())
        )

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """A text goes out in any case, so that neither page nor timing tells whether there is an account."""
        self._send_words(phone, "account/messages/unknown_account_sms.txt")

    def send_account_already_exists_sms(self, phone: str) -> None:
        self._send_words(phone, "account/messages/account_already_exists_sms.txt")

    def _send_words(self, phone: str, template: str) -> None:
        words = render_to_string(template, {"sign": sender_sign()}).strip()

        def send() -> None:
            line = channel_for("sms")
            try:
                line.open()
                line.transmit(Text(number=phone, words=words, key=get_random_string(32)))
            finally:
                line.close()

        self._attempt(send)

    def _minutes(self) -> int:
        return int(settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60)

    def _attempt(self, send: Any) -> None:
        """A code that cannot leave is said on the page, the same for every number."""
        try:
            send()
        except (ChannelUnavailable, NotSent):
            logger.warning("a log-in message could not be sent", exc_info=True)
            messages.error(self.request, _("验证码暂时发不出去。请过几分钟再试，或打电话联系工作人员。"))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        purpose = CODE_LETTERS.get(template_prefix)
        if purpose is not None:
            code = context["code"]
            self._attempt(
                lambda: send_code_now(
                    channel="email", address=email, code=code, purpose=purpose, minutes=self._minutes()
                )
            )
            return
        letter = self.render_mail(template_prefix, email, {**context, "email": email, "site_name": site_name()})
        self._attempt(lambda: self._transmit(letter))

    def _transmit(self, letter: EmailMessage) -> None:
        line = channel_for("email")
        try:
            line.open()
            line.transmit(letter)
        finally:
            line.close()

    # --- passwords -------------------------------------------------------------------------------------------------
    def clean_password(self, password: str, user: User | None = None) -> str:
        if user is not None and user.pk and user.must_change_password and user.check_password(password):
            raise ValidationError(_("新密码不能与临时密码相同。"), code="same")
        return super().clean_password(password, user)

    def set_password(self, user: User, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)
        note(user, "password_changed", actor=user)

    # --- signing up ------------------------------------------------------------------------------------------------
    def populate_username(self, request: HttpRequest, user: User) -> None:
        user.username = user.username or opaque_username()

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.age_confirmed_at = timezone.now()
        saved: User = super().save_user(request, user, form, commit)
        note(saved, "signed_up", actor=saved)
        accept_notice(user=saved)
        return saved

    def get_login_stages(self) -> list[str]:
        ours = "portal.accounts.adapters.stages.EmailOnlyVerificationStage"
        return [ours if stage.endswith(".EmailVerificationStage") else stage for stage in super().get_login_stages()]

    # --- logging in ------------------------------------------------------------------------------------------------
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count per account whichever name is typed and whatever the host is called. A device that this account
        was used on before has its own count, so that a stranger's guesses do not keep the owner out."""
        typed = next((str(credentials[name]) for name in ("phone", "email", "username") if credentials.get(name)), "")
        plain = rules.normalised(typed).lower()
        user = (
            User.objects.filter(username__iexact=plain).first()
            or User.objects.filter(email=plain).exclude(email="").first()
            or User.objects.with_phone(plain or "-").first()
        )
        if user is None:
            return f"name:{plain}"
        return f"user:{user.pk}:{'known' if is_known_device(request, user) else 'new'}"

    def login(self, request: HttpRequest, user: User) -> None:
        last_login = user.last_login
        records = get_authentication_records(request, user)
        is_code_login = bool(records) and records[-1].get("method") == "code"
        super().login(request, user)
        note_code_login(request, user, is_code_login=is_code_login, last_login=last_login)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user)
        # what the account says comes on; a mode that this device has on already stays
        for name, is_wanted in (("elder", user.prefers_elder_mode), ("contrast", user.prefers_high_contrast)):
            if is_wanted:
                set_mode(request, response, name, is_on=True)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of a log-in with the password: allauth itself counts only what was asked again."""
        request = context.request
        if request is not None and request.user.is_authenticated:
            since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
            records = get_authentication_records(request, request.user)
            if any(row.get("method") == "password" and row.get("at", 0) > since for row in records):
                return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        from portal.gate.services import client_address

        return client_address(request) or "0.0.0.0"  # noqa: S104 - an address for counting, nothing is bound
