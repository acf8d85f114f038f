"""One's own pages."""

from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.frame.fields import half_width
from portal.frame.redirects import safe_next
from portal.gate.services import allow_named
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import (
    chosen_division,
    communities_of,
    division_by_pk,
    divisions_matching,
    full_names,
    site_places,
)
from portal.trail.services import record

from .. import kept_text as shelf
from .. import second_fact as fact
from ..exports import own_data_archive
from ..forms.own import CancelForm, DetailsForm, SecondFactForm
from ..models import Consent, User
from ..panels import panels
from ..selectors import consents_of, is_staff_member, roles_of
from ..services import AccountRefused, cancel_account, change_details, withdraw_consent

Level = Division.Level


def person_of(request: HttpRequest) -> User:
    """Whoever is logged in; every view here stands behind `login_required`."""
    return cast(User, request.user)


@never_cache
@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What concerns this person: panels of all features."""
    shown = [(panel, panel.context(request)) for panel in panels()]
    pieces = [{"template": panel.template, "context": context} for panel, context in shown if context is not None]
    unread = next((piece["context"]["unread"] for piece in pieces if "unread" in piece["context"]), 0)
    values = {"pieces": pieces, "unread": unread, "account_rows": _account_rows(request.user)}
    values["needs_second_factor"] = settings.STAFF_MFA_REQUIRED and is_staff_member(request.user)
    return render(request, "accounts/me.html", values)


def _account_rows(user: Any) -> list[dict[str, str]]:
    rows = [
        {"label": _("用户名"), "value": "" if user.username.startswith("r-") else user.username},
        {"label": _("别人看到的您"), "value": user.display_name},
        {"label": _("手机号"), "value": user.masked_phone},
        {"label": _("邮箱"), "value": user.email},
        {"label": _("核验"), "value": user.get_verification_display() if user.is_verified else _("尚未核验")},
        {"label": _("任职"), "value": "；".join(str(post) for post in roles_of(user))},
    ]
    # residents have neither a user name nor a post
    return [row for row in rows if row["value"] or row["label"] not in (_("用户名"), _("任职"))]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    # a copy: the form writes into its instance, the service compares with the row
    person = User.objects.get(pk=request.user.pk)
    typed = request.POST if request.method == "POST" else None
    chosen = division_by_pk(typed.get("division", "")) if typed is not None else person.division
    if typed is not None and "find" in typed:
        words = half_width(typed.get("place_words", ""))[:20].strip()
        found = [row for row in divisions_matching(words) if row.level not in (Level.PROVINCE, Level.CITY)]
        if words and not found:
            messages.info(request, _("没有找到名字里有“%(words)s”的地方，换个字试试。") % {"words": words})
        # nothing is saved or judged yet: what was typed stays as it is
        values = {name: typed.get(name, "") for name in DetailsForm.base_fields}
        offered = full_names(found) if found else offered_places(request, chosen)
        form = DetailsForm(instance=person, initial=values, offered=offered)
        return render(request, "accounts/details.html", {"form": form})
    form = DetailsForm(typed, instance=person, offered=offered_places(request, chosen))
    if typed is not None and form.is_valid():
        changed = change_details(user=person_of(request), actor=request.user, **form.cleaned_data)
        messages.success(request, _("已保存。") if changed else _("没有改动。"))
        return redirect("accounts:me")
    return render(request, "accounts/details.html", {"form": form})


def offered_places(request: HttpRequest, chosen: Division | None) -> dict[int, str]:
    """The chosen place, the subdistrict it is or lies in with its communities, and a county's subdistricts; without
    any, those of the remembered place or the counties that the site serves."""
    places = site_places()
    chosen = chosen or chosen_division(request.COOKIES)
    county = places.county_of(chosen) if chosen else None
    subdistrict = places.subdistrict_of(chosen) if chosen else None
    if subdistrict:
        rows = [subdistrict, *communities_of(subdistrict)]
    else:
        rows = places.within(county) if county else places.counties if places.is_in_two_steps else places.divisions
    if chosen and chosen not in rows:
        rows = [chosen, *rows]
    others = [row for row in places.counties if row not in rows] if places.is_in_two_steps else []
    return full_names([*rows, *others])


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept of this person, as a file; the consents, and taking them back."""
    if request.method == "POST":
        if not allow_named("export", f"user:{request.user.pk}"):
            messages.error(request, _("下载次数较多，请一小时后再试。"))
            return redirect("accounts:own_data")
        record(
            subject_kind="account", subject_key=person_of(request).trail_id, verb="data_exported", actor=request.user
        )
        name = f"my-data-{timezone.localdate().isoformat()}.zip"
        return HttpResponse(
            own_data_archive(request.user),
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    return render(request, "accounts/own_data.html", {"consents": consents_of(request.user)})


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    purpose = request.POST.get("purpose", "")
    if purpose == Consent.Purpose.PRIVACY:
        messages.info(request, _("撤回对规则的同意后无法继续使用账号，请在本页确认注销。"))
        return redirect("accounts:cancel")
    if withdraw_consent(user=person_of(request), purpose=purpose):
        messages.success(request, _("已撤回同意。"))
    return redirect("accounts:own_data")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest) -> HttpResponse:
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_account(user=person_of(request), reason=form.cleaned_data["reason"])
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("账号已注销。感谢您的参与。"))
            return redirect("/")
    return render(request, "accounts/cancel.html", {"form": form})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_fact(request: HttpRequest) -> HttpResponse:
    """Numbers are recycled: one more fact before earlier matters are shown."""
    onward = safe_next(request, "/me/")
    if not fact.is_pending(request):
        return redirect(onward)
    form = SecondFactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not allow_named("second_fact", f"user:{request.user.pk}"):
            form.add_error("answer", _("尝试次数太多，请一小时后再试，或带证件到联络站窗口办理。"))
        elif fact.answer_is_right(request.user, form.cleaned_data["answer"]):
            fact.settle(request)
            response = redirect(onward)
            fact.remember_device(request, response, request.user)
            return response
        else:
            form.add_error("answer", _("和登记的不一样，请再想想。"))
    questions = [one.question for one in fact.facts_of(request.user)]
    return render(request, "accounts/second_fact.html", {"form": form, "questions": questions, "next": onward})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept_text(request: HttpRequest) -> HttpResponse:
    """What was typed when the session had ended, to be sent again or dropped."""
    typed = shelf.kept(request)
    if typed is None:
        return redirect("accounts:me")
    if request.method == "POST":
        shelf.drop(request)
        return redirect(typed["path"].split("?")[0])
    return render(request, "accounts/kept_text.html", {"typed": typed, "texts": shelf.words_of(typed)})


def to_login(request: HttpRequest) -> HttpResponse:
    """Wagtail's own log-in, asked for by address: the one door, and back to where it was going."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': safe_next(request, '/admin/')})}")


def to_logout(request: HttpRequest) -> HttpResponse:
    """307 keeps the POST of Wagtail's log-out button."""
    return HttpResponse(status=307, headers={"Location": reverse("account_logout")})
