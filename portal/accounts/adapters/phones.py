"""allauth's pages for a phone number and its code: back to where the person was sent from, and a second code."""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.views import ChangePhoneView, RequestLoginCodeView, _VerifyPhoneChangeView, _VerifyPhoneSignupView
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.frame.redirects import safe_next

from .waiting import asked_too_soon, seconds_to_wait

SESSION_KEY = "after_phone"
TYPED_PHONE = "signup_phone"  # the number to be shown once more at sign-up


class VerifyPhoneView(ChangePhoneView):
    """`?next=` is kept through the code; allauth itself returns here once the number is proved."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        onward = safe_next(request, "") or request.session.get(SESSION_KEY, "")
        if onward and getattr(request.user, "is_verified", False):
            request.session.pop(SESSION_KEY, None)
            return redirect(onward)
        if onward:
            request.session[SESSION_KEY] = onward
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response


class LoginCodeView(RequestLoginCodeView):
    """Asked again while a code is on its way, allauth would lead to its page and send nothing."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        return None if request.method == "POST" else super()._redirect_to_pending_stage(request, stage)

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.has_code_waiting:
            messages.error(self.request, " ".join(each for errors in form.errors.values() for each in errors))
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_invalid(form)
        return response


class CodeAgain:
    """重新发送验证码: a text goes out again to every number, known or not, and the new code lives its full time."""

    request: HttpRequest
    process: Any
    passthrough_next_url: Any

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        try:
            if left := seconds_to_wait(self.request, self.process.phone):
                messages.error(self.request, asked_too_soon(left))
                return redirect(self.passthrough_next_url(reverse("account_verify_phone")))
            self.process.record_resend()
            self.process.state["at"] = time.time()
            self.process.send()
        except RateLimited:
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
        return redirect(self.passthrough_next_url(reverse("account_verify_phone")))


class SignupCodeView(CodeAgain, _VerifyPhoneSignupView):
    def respond_process_failed(self, form: Any) -> HttpResponse:
        """Too many wrong codes: back to where the number was typed, which still stands there, and `next` with it."""
        phone, is_signup, goal = self.process.phone, self.stage.login.signup, self.stage.login.redirect_url
        self.stage.abort()
        messages.error(self.request, _("验证码连续填错，这个验证码已作废。请核对手机号，重新获取验证码。"))
        if is_signup:
            self.request.session[TYPED_PHONE] = phone
        url = reverse("account_signup" if is_signup else "account_login")
        onward = safe_next(self.request, "") or goal
        return redirect(f"{url}?{urlencode({'next': onward})}" if onward else url)


class ChangeCodeView(CodeAgain, _VerifyPhoneChangeView):
    pass


def phone_code(request: HttpRequest) -> HttpResponse:
    """allauth's `verify_phone` with our two views."""
    view = ChangeCodeView if request.user.is_authenticated else SignupCodeView
    response: HttpResponse = view.as_view()(request)
    return response
