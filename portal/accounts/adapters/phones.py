"""allauth's page for a first or another phone number, coming back to where the person was sent from."""

from typing import Any

from allauth.account.views import ChangePhoneView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.frame.redirects import safe_next

SESSION_KEY = "after_phone"


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
