"""allauth's page for the code in a mail: a second code lives its full time."""

import time
from typing import Any

from allauth.account.views import ConfirmEmailVerificationCodeView
from django.http import HttpRequest, HttpResponse


class EmailCodeView(ConfirmEmailVerificationCodeView):
    _process: Any

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        self._process.state["at"] = time.time()
        response: HttpResponse = super()._resend_form_valid(form)
        return response


def email_code(request: HttpRequest) -> HttpResponse:
    """allauth's `email_verification_sent` with our view."""
    response: HttpResponse = EmailCodeView.as_view()(request)
    return response
