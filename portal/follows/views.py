"""Following by a form on any page, and the list of what one follows."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.frame.paging import keyset_page
from portal.trail.subjects import is_text

from . import selectors, services
from .models import TOPICS, Follow


def _safe_next(request: HttpRequest, fallback: str) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_safe else fallback


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def toggle(request: HttpRequest) -> HttpResponse:
    """POST kind, key and do=follow|unfollow or a frequency; GET asks for confirmation, as after logging in."""
    asked = request.POST if request.method == "POST" else request.GET
    kind, key = asked.get("kind", ""), asked.get("key", "")
    if not is_text(kind + key):
        raise Http404
    if not request.user.is_authenticated:
        again = {"kind": kind, "key": key, "next": asked.get("next", "")}
        return redirect_to_login(f"{reverse('follows:toggle')}?{urlencode(again)}")
    is_following = selectors.is_following(request.user, kind, key)
    subject = selectors.followable(request.user, kind, key)
    if subject is None and not is_following:
        raise Http404
    back = _safe_next(request, subject.url if subject and subject.url else reverse("follows:list"))
    if request.method != "POST":
        context = {"subject": subject, "kind": kind, "key": key, "next": back, "is_following": is_following}
        return render(request, "follows/follow_confirm.html", context)
    wish = asked.get("do") or "follow"
    if wish == "frequency":
        wish = asked.get("frequency", "")
    if wish == "unfollow":
        services.unfollow(user=request.user, subject_kind=kind, subject_key=key)
        messages.success(request, _("已取消关注。"))
    elif wish in Follow.Frequency.values and is_following:
        services.set_frequency(user=request.user, subject_kind=kind, subject_key=key, frequency=wish)
        messages.success(request, _("已保存。"))
    elif subject is not None:
        _follow(request, kind, key)
    return redirect(back)


def _follow(request: HttpRequest, kind: str, key: str) -> None:
    try:
        services.follow(user=request.user, subject_kind=kind, subject_key=key)
    except services.TooMany:
        messages.error(request, _("您关注的太多了，请先取消一些不再需要的。"))
        return
    if kind in TOPICS:
        messages.success(request, _("已关注，有新内容时每天汇总告诉您；可以在“我的关注”里改。"))
    else:
        messages.success(request, _("已关注，有进展时会告诉您。"))


@login_required
@never_cache
@require_GET
def follow_list(request: HttpRequest) -> HttpResponse:
    page = keyset_page(selectors.follows_of(request.user), order="-created_at", cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": selectors.with_subjects(request.user, list(page.items)),
        "frequencies": Follow.Frequency.choices,
    }
    return render(request, "follows/follow_list.html", context)
