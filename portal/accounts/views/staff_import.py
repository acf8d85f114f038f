"""Staff from a workbook: template, upload, rehearsal with errors by row, then all or nothing."""

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.encryption.services import WrongKey, decrypt, encrypt
from portal.idempotency.rules import new_key
from portal.jurisdictions.selectors import full_names
from portal.tables.imports import UnreadableWorkbook

from ..forms.staff import StaffUploadForm
from ..imports import MAX_BYTES, RowError, StaffRow, parse_staff, staff_template
from ..models import Role
from ..selectors import divisions_in_scope, divisions_named
from ..services import division_problem, import_staff
from .staff import may_manage, page
from .told_once import forget, made_once

SESSION_KEY = "staff_import"  # the rows between rehearsal and confirmation, sealed


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    may_manage(request)
    divisions = divisions_in_scope(request.user).order_by("path")
    return HttpResponse(
        staff_template(list(divisions)),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="staff.xlsx"'},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    may_manage(request)
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request)
    if request.method == "GET" and forget(request):
        request.session.pop(SESSION_KEY, None)
    form = StaffUploadForm(request.POST or None, request.FILES or None)
    errors: list[RowError] = []
    rows: list[StaffRow] = []
    rehearsal = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(MAX_BYTES + 1)
            rows, errors = parse_staff(content, file.name, lambda written: division_problem(written, request.user))
        except UnreadableWorkbook as problem:
            form.add_error("file", str(problem))
        else:
            rehearsal = import_staff(rows=[row.as_json() for row in rows], by=request.user, dry_run=True)
            errors += [RowError(number, "", message) for number, message in rehearsal.errors]
            errors.sort(key=lambda error: error.number)
            if not errors:
                kept = {"key": new_key(), "rows": [row.as_json() for row in rows]}
                request.session[SESSION_KEY] = encrypt(json.dumps(kept, ensure_ascii=False))
    is_ready = bool(rows) and not errors
    return page(
        request, "people_admin_import.html", _("导入工作人员"), form=form, errors=errors,
        rows=_in_words(rows, request.user) if is_ready else [], is_ready=is_ready, rehearsal=rehearsal,
    )  # fmt: skip


def _in_words(rows: list[StaffRow], user: Any) -> list[dict[str, Any]]:
    """For checking by eye: roles by their label and divisions by their full name, with the code that was meant."""
    found = {written: divisions_named(written, user)[0] for written in {row.division for row in rows}}
    names = full_names(found.values())
    return [
        {
            **row.as_json(),
            "role": Role(row.role).label,
            "division": found[row.division],
            "place": names[found[row.division].pk],
        }
        for row in rows
    ]


class _HasErrors(Exception):
    pass


def _confirm(request: HttpRequest) -> HttpResponse:
    try:
        kept = json.loads(decrypt(request.session.get(SESSION_KEY, "")))
    except (WrongKey, ValueError):
        return _again(request, StaffUploadForm(), [], _("没有等待确认的表格，请重新上传。"))
    errors: list[RowError] = []

    def make() -> dict[str, Any]:
        result = import_staff(rows=kept["rows"], by=request.user)
        errors.extend(RowError(number, "", message) for number, message in result.errors)
        if errors:
            raise _HasErrors
        return asdict(result)

    try:
        made = made_once(request=request, key=kept["key"], scope="staff_import", make=make)
    except _HasErrors:
        return _again(request, StaffUploadForm(), errors)
    if made is None:
        return _again(request, StaffUploadForm(), [], _("没有等待确认的表格，请重新上传。"))
    return page(request, "people_admin_passwords.html", _("新账号"), accounts=made["accounts"], posts=made["posts"])


def _again(request: HttpRequest, form: StaffUploadForm, errors: list[RowError], problem: str = "") -> HttpResponse:
    return page(
        request, "people_admin_import.html", _("导入工作人员"), form=form, errors=errors, rows=[], problem=problem
    )
