"""A staff screen that takes a CSV whole or not at all, for any model's viewset."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from .forms import CsvForm
from .rules import RowError

MAX_SHOWN = 100


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
