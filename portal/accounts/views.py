"""One's own pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from .panels import panels


@never_cache
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What concerns this person: panels of all features."""
    shown = [(panel, panel.context(request)) for panel in panels()]
    pieces = [{"template": panel.template, "context": context} for panel, context in shown if context is not None]
    return render(request, "accounts/me.html", {"pieces": pieces})
