"""The inbox of one person, and the way out of mails."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.frame.paging import keyset_page

from . import selectors, services
from .forms import PreferencesForm
from .models import Preference
from .registry import kind_of, kinds


@login_required
@never_cache
@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """`?unread=1`: only those. On a page the messages of one matter stand together, where its newest one stands."""
    is_narrowed = request.GET.get("unread") == "1"
    rows = selectors.inbox(request.user)
    rows = rows.filter(read_at=None) if is_narrowed else rows
    page = keyset_page(rows, order="-created_at", cursor=request.GET.get("cursor", ""))
    selectors.with_titles(request.user, page.items)
    context = {
        "page": page,
        "groups": selectors.by_matter(request.user, page.items),
        "unread": selectors.unread_count(request.user),
        "is_narrowed": is_narrowed,
    }
    return render(request, "outbox/message_list.html", context)


@login_required
@require_POST
def message_read(request: HttpRequest, message_id: int) -> HttpResponse:
    if not selectors.inbox(request.user).filter(pk=message_id).exists():
        raise Http404
    services.mark_read(user=request.user, message_id=message_id)
    return redirect("outbox:messages")


@login_required
@require_POST
def matter_read(request: HttpRequest) -> HttpResponse:
    """All messages of one matter."""
    about = {name: request.POST.get(name, "") for name in ("subject_kind", "subject_key")}
    services.mark_matter_read(user=request.user, **about)
    return redirect("outbox:messages")


@login_required
@require_POST
def message_read_all(request: HttpRequest) -> HttpResponse:
    services.mark_all_read(user=request.user)
    return redirect("outbox:messages")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message_settings(request: HttpRequest) -> HttpResponse:
    """How often by mail and by text message per kind, and the hour of the summary; only what changed is written."""
    form = PreferencesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.save_preferences(user=request.user, changes=form.changes())
        messages.success(request, _("已保存接收设置。"))
        return redirect("outbox:settings")
    return render(request, "outbox/message_settings.html", {"form": form})


@csrf_exempt  # the mail provider's one-click request has no cookie; the signed token is the authority
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: opening the link changes nothing (scanners open every link), the POST does."""
    wish = selectors.unsubscribe_wish(token)
    user = wish and get_user_model().objects.filter(trail_id=wish[0], is_active=True).first()
    if not wish or not user:
        return render(request, "outbox/unsubscribe.html", {"is_unknown": True}, status=404)
    kind, is_all = wish[1], "all" in request.POST
    done = request.method == "POST"
    if done:
        services.unsubscribe(user=user, kind="" if is_all else kind)
    context = {"done": done, "label": _what(kind), "is_all": is_all}
    return render(request, "outbox/unsubscribe.html", context)


def _what(kind: str) -> str:
    if kind == Preference.DIGESTS:
        return _("每日汇总")
    return kind_of(kind).label if kind in kinds else _("这一类")
