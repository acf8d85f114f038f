"""长者模式与高对比: turned on and off from the top of every page, and explained on one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ..modes import COOKIE_AGE, MODES
from ..redirects import safe_next


@csrf_exempt  # a page without a session stays the same for everyone; turning large type on harms nobody
@require_POST
def modes(request: HttpRequest) -> HttpResponse:
    """Turn a mode on (1) or off (0) and go back to where the reader was."""
    response = HttpResponseRedirect(safe_next(request))
    for name in MODES:
        wanted = request.POST.get(name)
        if wanted == "1":
            response.set_cookie(
                name, "1", max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure(), httponly=True
            )
        elif wanted == "0":
            response.delete_cookie(name, samesite="Lax")
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "frame/accessibility.html")
