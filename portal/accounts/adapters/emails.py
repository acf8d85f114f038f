"""allauth's page for the code in a mail: a second code lives its full time."""

import time
from typing import Any

from allauth.account.views import ConfirmEmailVerificationCodeView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .waiting import asked_too_soon, seconds_to_wait


class EmailCodeView(ConfirmEmailVerificationCodeView):
    _process: Any

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        if left := seconds_to_wait(self.request, self._process.email):
            messages.error(self.request, asked_too_soon(left))
            return redirect(self.passthrough_next_url(reverse("account_email_verification_sent")))
        self._process.state["at"] = time.time()
        response: HttpResponse = super()._resend_form_valid(form)
        return response


def email_code(request: HttpRequest) -> HttpResponse:
    """allauth's `email_verification_sent` with our view."""
    response: HttpResponse = EmailCodeView.as_view()(request)
    return response
