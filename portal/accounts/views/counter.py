"""核验居民: at the counter or at home, for those with and without a mobile."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import rules
from ..forms.staff import CounterForm, FindResidentForm, ReasonForm
from ..models import User
from ..permissions import VERIFY_RESIDENT
from ..selectors import residents_found
from ..services import AccountRefused, release_phone, verify_at_counter


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    home = {"url": reverse("wagtailadmin_home"), "label": _("首页")}
    here = {"url": reverse("accounts_counter"), "label": _("核验居民")}
    base = {"page_title": _("核验居民"), "header_icon": "user", "breadcrumbs_items": [home, here]}
    return render(request, "accounts/counter_admin.html", {**base, **context})


def _may_verify(request: HttpRequest) -> None:
    if not request.user.has_perm(VERIFY_RESIDENT):
        raise PermissionDenied


def _may_touch(request: HttpRequest, resident: User) -> bool:
    """Somebody of the own division, or of none yet; staff accounts are managed elsewhere."""
    if resident.is_superuser or resident.role_assignments.filter(role__in=rules.STAFF_ROLES).exists():
        return False
    return resident.division is None or bool(request.user.has_perm(VERIFY_RESIDENT, resident.division))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Find by phone, then create or complete. Names are shown masked until the document is on the table."""
    _may_verify(request)
    finder = FindResidentForm(request.GET if "q" in request.GET else None)
    found = []
    if finder.is_bound and finder.is_valid():
        found = [one for one in residents_found(finder.cleaned_data["q"]) if _may_touch(request, one)]
    form = CounterForm(request.POST or None, by=request.user, initial={"account": request.GET.get("account")})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        account = values.pop("account")
        resident = get_object_or_404(User, pk=account) if account else None
        if resident is not None and not _may_touch(request, resident):
            raise PermissionDenied
        try:
            done = verify_at_counter(by=request.user, user=resident, **values)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已核验：%(name)s") % {"name": done.real_name})
            return redirect("accounts_counter")
    return _page(request, finder=finder, found=found, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The number now belongs to somebody else: it is taken from the old account, whose matters stay closed."""
    _may_verify(request)
    resident = get_object_or_404(User, pk=pk, is_active=True)
    if not _may_touch(request, resident):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        release_phone(user=resident, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("号码已腾出，可以为新机主开户。"))
        return redirect("accounts_counter")
    return render(
        request, "accounts/people_admin_form.html",
        {"page_title": _("腾出手机号"), "header_icon": "user", "form": form, "verb": _("腾出手机号"),
         "breadcrumbs_items": [{"url": reverse("accounts_counter"), "label": _("核验居民")}]},
    )  # fmt: skip
