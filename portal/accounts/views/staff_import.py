"""Staff from a workbook: template, upload, rehearsal with errors by row, then all or nothing."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.encryption.services import WrongKey, decrypt, encrypt
from portal.jurisdictions.selectors import full_names
from portal.tables.imports import UnreadableWorkbook

from ..forms.staff import StaffUploadForm
from ..imports import MAX_BYTES, RowError, StaffRow, parse_staff, staff_template
from ..models import Role
from ..selectors import divisions_in_scope, divisions_named
from ..services import division_problem, import_staff
from .staff import may_manage, page

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
    form = StaffUploadForm(request.POST or None, request.FILES or None)
    errors: list[RowError] = []
    rows: list[StaffRow] = []
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
                kept = json.dumps([row.as_json() for row in rows], ensure_ascii=False)
                request.session[SESSION_KEY] = encrypt(kept)
    is_ready = bool(rows) and not errors
    return page(
        request, "people_admin_import.html", _("导入工作人员"), form=form, errors=errors,
        rows=_in_words(rows, request.user) if is_ready else [], is_ready=is_ready,
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


def _confirm(request: HttpRequest) -> HttpResponse:
    try:
        rows = json.loads(decrypt(request.session.pop(SESSION_KEY, "")))
    except (WrongKey, ValueError):
        return page(request, "people_admin_import.html", _("导入工作人员"), form=StaffUploadForm(), errors=[], rows=[])
    result = import_staff(rows=rows, by=request.user)
    if result.errors:
        errors = [RowError(number, "", message) for number, message in result.errors]
        return page(
            request, "people_admin_import.html", _("导入工作人员"), form=StaffUploadForm(), errors=errors, rows=[]
        )
    return page(request, "people_admin_passwords.html", _("新账号"), accounts=result.accounts, posts=result.posts)
