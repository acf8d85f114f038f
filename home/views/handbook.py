"""编辑手册 in the help menu of the admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..handbook import CHAPTERS


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """For everybody who gets in there."""
    return render(request, "home/handbook.html", {"chapters": CHAPTERS})
