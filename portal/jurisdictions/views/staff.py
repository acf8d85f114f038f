"""Staff screens in the Wagtail admin: terms in force and new periods, clauses, divisions, the site's particulars."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import permissions, selectors
from ..clauses import clauses, documents, evaluated_clauses
from ..forms import DayForm, DivisionUploadForm, StaffSiteProfileForm, TermsPeriodForm
from ..imports import import_parsed, parse_divisions
from ..models import Division
from ..services.site import save_site_profile
from ..services.terms import TermsRefused, add_terms_period, withdraw_planned_period
from ..terms import definitions
from ..terms.standard import GROUPS


def _division_of(key: str) -> Division:
    division = selectors.division_by_code(key)
    if division is None:
        raise Http404
    return division


def _crumbs(*line: tuple[str, str]) -> list[dict[str, str]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("首页")}
    return [home, *({"url": url, "label": label} for label, url in line)]


@require_safe
def terms_index(request: HttpRequest) -> HttpResponse:
    """Find a division, or take one that states terms of its own."""
    if not permissions.user_can_view_terms(request.user):
        raise PermissionDenied
    words = request.GET.get("q", "")[:40].strip()
    if words:
        divisions = selectors.divisions_matching(words)
    else:
        divisions = list(Division.objects.filter(terms_periods__isnull=False).distinct().order_by("path"))
        profile = selectors.site_profile()
        if profile and profile.division and profile.division not in divisions:
            divisions.insert(0, profile.division)
    labels = selectors.full_names(divisions)
    context = {
        "page_title": _("本地口径"),
        "header_icon": "cogs",
        "breadcrumbs_items": _crumbs((_("本地口径"), "")),
        "rows": [(division, labels[division.pk]) for division in divisions],
        "words": words,
    }
    return render(request, "jurisdictions/terms_admin_index.html", context)


@require_safe
def terms_of_division(request: HttpRequest, key: str) -> HttpResponse:
    """Every term with its value, origin and clause, on a day."""
    if not permissions.user_can_view_terms(request.user):
        raise PermissionDenied
    division = _division_of(key)
    today = timezone.localdate()
    day_form = DayForm(request.GET)
    day = day_form.day(today)
    terms = selectors.terms_in_force(division, day)
    known = definitions()
    groups = [
        (label, [e for e in terms.entries() if known[e.definition.key].group == g]) for g, label in GROUPS.items()
    ]
    origins = {e.period.division for e in terms.entries() if e.period}
    periods = division.terms_periods.newest_first().select_related("created_by")
    context = {
        "page_title": selectors.full_name(division),
        "header_icon": "cogs",
        "breadcrumbs_items": _crumbs((_("本地口径"), reverse("jurisdictions_terms")), (division.name, "")),
        "division": division,
        "day": day,
        "day_form": day_form,
        "groups": groups,
        "clauses": clauses(),
        "origin_names": selectors.full_names(origins),
        "periods": [(period, bool(period.starts_on and period.starts_on > today)) for period in periods],
        "can_change": permissions.user_can_change_terms(request.user, division),
    }
    return render(request, "jurisdictions/terms_admin_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def terms_change(request: HttpRequest, key: str) -> HttpResponse:
    """A new period, from today or later."""
    division = _division_of(key)
    if not permissions.user_can_change_terms(request.user, division):
        raise PermissionDenied
    form = TermsPeriodForm(request.POST or None, terms=selectors.terms_in_force(division))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            add_terms_period(
                division=division,
                starts_on=cleaned["starts_on"],
                values=form.stated,
                document_name=cleaned["document_name"],
                document_date=cleaned["document_date"],
                reason=cleaned["reason"],
                actor=request.user,
            )
        except TermsRefused as refusal:
            form.add_problems(refusal.problems)
        else:
            messages.success(request, _("已保存，改动前后的值都记入了公开记录。"))
            return redirect("jurisdictions_terms_of_division", key=division.key)
    label = _("改动口径")
    here = reverse("jurisdictions_terms_of_division", args=[division.key])
    context = {
        "page_title": label,
        "page_subtitle": selectors.full_name(division),
        "header_icon": "cogs",
        "breadcrumbs_items": _crumbs(
            (_("本地口径"), reverse("jurisdictions_terms")), (division.name, here), (label, "")
        ),
        "division": division,
        "form": form,
    }
    return render(request, "jurisdictions/terms_admin_form.html", context, status=422 if form.errors else 200)


@require_POST
def terms_withdraw(request: HttpRequest, key: str, period: int) -> HttpResponse:
    """Takes back a period that has not begun."""
    division = _division_of(key)
    planned = division.terms_periods.select_related("division").filter(pk=period).first()
    if planned is None:
        if not permissions.user_can_change_terms(request.user, division):
            raise PermissionDenied
        messages.info(request, _("这个时段已经撤销，不用再撤销一次。"))
        return redirect("jurisdictions_terms_of_division", key=key)
    try:
        withdraw_planned_period(period=planned, reason=request.POST.get("reason", "")[:400], actor=request.user)
    except TermsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤销尚未起用的时段。"))
    return redirect("jurisdictions_terms_of_division", key=key)


@require_safe
def clause_list(request: HttpRequest) -> HttpResponse:
    """The 108 clauses as they are quoted; read only."""
    if not permissions.user_can_view_terms(request.user):
        raise PermissionDenied
    chosen = request.GET.get("document", "")
    shown = [clause for clause in clauses().values() if chosen in ("", clause.document.key)]
    context = {
        "page_title": _("条款"),
        "header_icon": "list-ul",
        "breadcrumbs_items": _crumbs((_("条款"), "")),
        "rows": [(clause, [definitions()[key].label for key in clause.parameters]) for clause in shown],
        "documents": documents.values(),
        "chosen": chosen,
        "evaluated": evaluated_clauses(),
    }
    return render(request, "jurisdictions/clause_admin_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def division_import(request: HttpRequest) -> HttpResponse:
    """More divisions from a CSV, with a rehearsal first."""
    if not permissions.user_can_import_divisions(request.user):
        raise PermissionDenied
    form = DivisionUploadForm(request.POST or None, request.FILES or None)
    result, errors = None, []
    is_rehearsal = "rehearse" in request.POST
    if form.is_valid():
        parsed = parse_divisions(form.cleaned_data["file"])
        result, found_errors = import_parsed(parsed, actor=request.user, dry_run=is_rehearsal)
        errors = [(each.row, each.message) for each in found_errors]
    words = request.GET.get("q", "")[:40].strip()
    found = selectors.divisions_matching(words)
    labels = selectors.full_names(found)
    context: dict[str, Any] = {
        "page_title": _("区划"),
        "header_icon": "site",
        "breadcrumbs_items": _crumbs((_("区划"), "")),
        "form": form,
        "result": None if errors else result,
        "errors": errors[:200],
        "error_count": len(errors),
        "is_rehearsal": is_rehearsal,
        "words": words,
        "rows": [(division, labels[division.pk]) for division in found],
        "count": Division.objects.count(),
    }
    return render(request, "jurisdictions/division_admin_import.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def site_profile_edit(request: HttpRequest) -> HttpResponse:
    """Who runs the site."""
    if not permissions.user_can_change_site_profile(request.user):
        raise PermissionDenied
    form = StaffSiteProfileForm(request.POST or None, instance=selectors.site_profile())
    if form.is_valid():
        save_site_profile(values=form.cleaned_data, actor=request.user)
        messages.success(request, _("站点信息已保存。"))
        return redirect("jurisdictions_site_profile")
    context = {
        "page_title": _("站点信息"),
        "header_icon": "home",
        "breadcrumbs_items": _crumbs((_("站点信息"), "")),
        "form": form,
    }
    return render(request, "jurisdictions/site_profile_admin.html", context, status=422 if form.errors else 200)
