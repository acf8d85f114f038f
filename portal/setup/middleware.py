"""On an empty install every address leads to the wizard; afterwards this costs nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from .selectors import is_installed

OPEN_PATHS = ("/setup/", "/assets/", "/favicon", "/healthz", "/readyz", "/modes/")


class SetupMiddleware:
    """Behind the static files, before sessions. `SETUP_WIZARD = False` (tests) turns it off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_open = request.path.startswith((*OPEN_PATHS, settings.STATIC_URL))
        if settings.SETUP_WIZARD and not is_open and not is_installed():
            return HttpResponseRedirect("/setup/", headers={"Cache-Control": "no-store"})
        return self.get_response(request)
