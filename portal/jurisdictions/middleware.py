"""Keeps the terms read during one request, so that a page asks once per division."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .selectors import terms_kept


class TermsMiddleware:
    """Last in the list: it wraps only the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with terms_kept():
            return self.get_response(request)
