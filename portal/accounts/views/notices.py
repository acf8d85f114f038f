"""The texts one agrees to, in every version, and agreeing again after a change."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.frame.redirects import safe_next

from ..models import User
from ..privacy_notice import PRIVACY, TERMS, current_notice, notice_of, versions_of
from ..services import accept_notice

TITLES = {PRIVACY: _("个人信息处理规则"), TERMS: _("使用条款")}
ROUTES = {PRIVACY: "accounts:privacy_notice", TERMS: "accounts:terms"}


@require_safe
def notice(request: HttpRequest, kind: str, version: str = "") -> HttpResponse:
    current = current_notice(kind)
    shown = notice_of(kind, version) if version else current
    if shown is None:
        raise Http404
    context: dict[str, Any] = {
        "notice": shown,
        "is_current": shown.version == current.version,
        "versions": list(versions_of(kind)),
        "title": TITLES[kind],
        "route": ROUTES[kind],
        "version_route": f"{ROUTES[kind]}_version",
    }
    return render(request, "accounts/privacy_notice.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """After a change of purpose, way or kinds of data the consent is asked anew (个人信息保护法 第十四条)."""
    onward = safe_next(request, "/me/")
    user = cast(User, request.user)
    if not user.must_agree_again:
        return redirect(onward)
    if request.method == "POST":
        accept_notice(user=user)
        return redirect(onward)
    texts = [{"title": TITLES[kind], "route": ROUTES[kind], "notice": current_notice(kind)} for kind in TITLES]
    return render(request, "accounts/agree.html", {"texts": texts, "next": onward})
