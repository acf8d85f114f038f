"""长者模式、高对比、深浅色: turned on and off from the top of every page, and explained on one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ..modes import MODES, remember_modes, set_mode, set_theme
from ..redirects import safe_next


@csrf_exempt  # a page without a session stays the same for everyone; turning large type on harms nobody
@require_POST
def modes(request: HttpRequest) -> HttpResponse:
    """Turn a mode on (1) or off (0) and go back to where the reader was."""
    response = HttpResponseRedirect(safe_next(request))
    chosen = {name: request.POST[name] == "1" for name in MODES if request.POST.get(name) in ("0", "1")}
    for name, is_on in chosen.items():
        set_mode(request, response, name, is_on=is_on)
    if "theme" in request.POST:
        set_theme(request, response, request.POST["theme"])
    if chosen and request.user.is_authenticated:
        remember_modes(request.user, chosen)
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    themes = [("", _("跟随设备")), ("light", _("浅色")), ("dark", _("深色"))]
    return render(request, "frame/accessibility.html", {"themes": themes})
