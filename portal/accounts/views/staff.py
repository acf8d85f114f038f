"""人员与任职 in the Wagtail admin: posts in one's own divisions, new staff, handing over, switching off."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms.staff import AppointForm, HandOverForm, NewStaffForm, ReasonForm
from ..models import RoleAssignment, User
from ..permissions import MANAGE_STAFF
from ..selectors import assignments_manageable_by, staff_manageable_by
from ..services import (
    AccountRefused,
    assign_role,
    deactivate_user,
    end_role,
    hand_over,
    import_staff,
    issue_temporary_password,
    reactivate_user,
)
from .told_once import forget, made_once


def may_manage(request: HttpRequest) -> None:
    if not request.user.has_perm(MANAGE_STAFF):
        raise PermissionDenied


def crumbs(*line: tuple[str, str]) -> list[dict[str, str]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("首页")}
    people = {"url": reverse("accounts_people"), "label": _("人员与任职")}
    return [home, people, *({"url": url, "label": label} for label, url in line)]


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    base = {"page_title": title, "header_icon": "group", "breadcrumbs_items": crumbs((title, ""))}
    return render(request, f"accounts/{template}", {**base, **context})


def _person_of(request: HttpRequest, pk: int) -> User:
    """Only those whom this user may manage; everybody else does not exist here."""
    may_manage(request)
    return get_object_or_404(staff_manageable_by(request.user), pk=pk)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    may_manage(request)
    posts = assignments_manageable_by(request.user)
    role, words = request.GET.get("role", ""), request.GET.get("q", "")[:40].strip()
    if role:
        posts = posts.filter(role=role)
    if words:
        posts = posts.filter(user__username__icontains=words)
    listed = Paginator(posts, 50).get_page(request.GET.get("p"))
    return page(
        request, "people_admin_list.html", _("人员与任职"), posts=listed, role=role, words=words,
        roles=RoleAssignment._meta.get_field("role").choices,
    )  # fmt: skip


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    someone = _person_of(request, pk)
    posts = assignments_manageable_by(request.user).filter(user=someone)
    return page(request, "people_admin_person.html", someone.get_full_name(), person=someone, posts=posts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """One new account with its first post: the two are made together or not at all."""
    may_manage(request)
    form = NewStaffForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        row = {
            "number": 1,
            "username": cleaned["username"],
            "real_name": cleaned["real_name"],
            "phone": cleaned["phone"],
            "email": cleaned["email"],
            "role": cleaned["role"],
            "division": cleaned["division"].key,
            "unit": cleaned["unit"].name if cleaned["unit"] else "",
            "unit_kind": cleaned["unit"].kind if cleaned["unit"] else "",
            "starts_on": cleaned["starts_on"].isoformat(),
            "ends_on": cleaned["ends_on"].isoformat() if cleaned["ends_on"] else "",
        }

        def make() -> dict[str, Any]:
            result = import_staff(rows=[row], by=request.user)
            if result.errors:
                raise AccountRefused(result.errors[0][1], "row")
            return asdict(result)

        try:
            made = made_once(request=request, key=cleaned["form_key"], scope="add_person", make=make)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = made or {"accounts": [], "posts": 0}
            return page(request, "people_admin_passwords.html", _("新账号"), **told)
    if request.method == "GET":
        forget(request)
    return page(request, "people_admin_form.html", _("添加工作人员"), form=form, verb=_("添加"))


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    someone = _person_of(request, pk)
    form = AppointForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            assign_role(user=someone, by=request.user, **form.cleaned_data)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已任命。"))
            return redirect("accounts_person", pk=pk)
    title = _("任命 %(name)s") % {"name": someone.get_full_name()}
    return page(request, "people_admin_form.html", title, form=form, verb=_("任命"))


@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    may_manage(request)
    post = get_object_or_404(assignments_manageable_by(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(assignment=post, by=request.user, reason=form.cleaned_data["reason"])
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("任职已结束，此人须重新登录。"))
            return redirect("accounts_people")
    return page(request, "people_admin_form.html", _("结束任职"), form=form, verb=_("结束任职"), subject=post)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_post(request: HttpRequest, pk: int) -> HttpResponse:
    may_manage(request)
    post = get_object_or_404(assignments_manageable_by(request.user), pk=pk)
    form = HandOverForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(
                from_user=post.user,
                to_user=form.cleaned_data["to_user"],
                role=post.role,
                division=post.division,
                on=form.cleaned_data["on"],
                by=request.user,
            )
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已交接，未办结的事项随岗位移交。"))
            return redirect("accounts_people")
    return page(request, "people_admin_form.html", _("交接岗位"), form=form, verb=_("交接"), subject=post)


@never_cache
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    someone = _person_of(request, pk)
    try:
        password = issue_temporary_password(
            user=someone, by=request.user, resets_second_factor="second_factor" in request.POST
        )
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts_person", pk=pk)
    account = {"username": someone.username, "real_name": someone.real_name, "password": password}
    return page(request, "people_admin_passwords.html", _("临时密码"), accounts=[account])


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate or reactivate, with a reason."""
    someone = _person_of(request, pk)
    form = ReasonForm(request.POST or None)
    act, verb = (deactivate_user, _("停用账号")) if someone.is_active else (reactivate_user, _("恢复账号"))
    if request.method == "POST" and form.is_valid():
        try:
            act(user=someone, by=request.user, reason=form.cleaned_data["reason"])
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存。"))
            return redirect("accounts_person", pk=pk)
    return page(request, "people_admin_form.html", verb, form=form, verb=verb, subject=someone)
