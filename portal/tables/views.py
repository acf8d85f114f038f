"""Staff screens that take a table whole or not at all: a CSV for any model's viewset, a workbook with a preview."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from .forms import CsvForm
from .imports import UnreadableWorkbook
from .rules import RowError

MAX_SHOWN, MAX_PREVIEWED = 100, 200
ONE_HOUR = 3600


class CsvImportView(PermissionCheckedMixin, generic.WagtailAdminTemplateMixin, FormView):
    """Subclasses say how to import and which columns there are."""

    form_class = CsvForm
    template_name = "tables/csv_import.html"
    permission_policy: Any = None
    permission_required = "add"
    header_icon = "download"
    model: Any = None
    index_url_name = ""
    explanation: Any = ""
    example = ""

    def import_csv(self, data: bytes) -> tuple[str, Sequence[RowError]]:
        """What was done, in words; or the errors, and then nothing was saved."""
        raise NotImplementedError

    def get_page_title(self) -> str:
        return _("导入：%(what)s") % {"what": self.model._meta.verbose_name_plural}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(self.index_url_name), "label": self.model._meta.verbose_name_plural}
        return [*self.breadcrumbs_items, index, {"url": "", "label": _("导入")}]

    def form_valid(self, form: CsvForm) -> HttpResponse:
        done, errors = self.import_csv(form.cleaned_data["file"].read())
        if errors:
            return self.render_to_response(self.get_context_data(form=form, errors=errors))
        messages.success(self.request, done)
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        errors = list(kwargs.pop("errors", []))
        more = max(0, len(errors) - MAX_SHOWN)
        texts = {"explanation": self.explanation, "example": self.example}
        return super().get_context_data(errors=errors[:MAX_SHOWN], more_errors=more, **texts, **kwargs)


class ImportableIndexView(generic.IndexView):
    import_url_name = ""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """In the header itself: the menu of further buttons opens with scripts only."""
        buttons = list(super().header_buttons)
        if self.permission_policy is None or self.permission_policy.user_has_permission(self.request.user, "add"):
            url = reverse(self.import_url_name)
            buttons.append(HeaderButton(_("导入CSV"), url=url, icon_name="download", priority=5))
        return buttons


class ImportableViewSet(ModelViewSet):
    """A ModelViewSet with `import/` beside its list; set `import_view_class`."""

    index_view_class = ImportableIndexView
    import_view_class: type[CsvImportView]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(import_url_name=self.get_url_name("import"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view(self.import_view_class, permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("import/", view, name="import")]


class WorkbookImportView(generic.WagtailAdminTemplateMixin, TemplateView):
    """A workbook is chosen, shown as it was read with what is wrong in which cell, and written once it is confirmed.

    Between the two the rows travel signed, for this person and an hour; nothing is written before. Subclasses say who
    may (`may_import`), how a file is read and what is done; `facts` are kept with the rows.
    """

    template_name = "tables/workbook_import.html"
    header_icon = "upload"
    form_class: type[Form] = Form
    salt = ""
    success_url_name = ""
    refusals: tuple[type[Exception], ...] = (UnreadableWorkbook,)

    def may_import(self) -> bool:
        raise NotImplementedError

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def read(self, cleaned: dict[str, Any]) -> tuple[list[Any], list[Any]]:
        """Rows, and errors with `cell` and `message`. Raises one of `refusals` when the file is of no use."""
        raise NotImplementedError

    def facts(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {}

    def pack(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def unpack(self, packed: dict[str, Any]) -> Any:
        raise NotImplementedError

    def write(self, rows: list[Any], facts: dict[str, Any]) -> str:
        """All or nothing; what was done, in words. Raises one of `refusals`."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_import():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = self.form_class(**self.form_kwargs())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.confirm(request) if "rows" in request.POST else self.preview(request)

    def preview(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST, request.FILES, **self.form_kwargs())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            rows, errors = self.read(form.cleaned_data)
        except self.refusals as refusal:
            form.add_error("file", str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        facts = self.facts(form.cleaned_data)
        context = self.get_context_data(form=form, rows=rows[:MAX_PREVIEWED], count=len(rows), errors=errors, **facts)
        if rows and not errors:
            sealed = {"user": request.user.pk, "facts": facts, "rows": [self.pack(row) for row in rows]}
            context["signed"] = signing.dumps(sealed, salt=self.salt, compress=True)
        return self.render_to_response(context, status=422 if errors else 200)

    def confirm(self, request: HttpRequest) -> HttpResponseBase:
        try:
            found = signing.loads(request.POST["rows"], salt=self.salt, max_age=ONE_HOUR)
        except signing.BadSignature:
            messages.error(request, _("预览已过期，请重新选择文件。"))
            return redirect(request.get_full_path())
        if found["user"] != request.user.pk:
            raise PermissionDenied
        try:
            done = self.write([self.unpack(row) for row in found["rows"]], found["facts"])
        except self.refusals as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        messages.success(request, done)
        return redirect(self.success_url_name)
