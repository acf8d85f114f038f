"""What was published, and 更正 below it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import services
from ..forms import CorrectionForm
from ..models import Publication
from ..permissions import VIEW, user_can_correct
from ..selectors import cell_of, label_of, result_in_words, title_of
from ..selectors.desk import publications_in_scope
from .access import RoundsOnly

PER_PAGE = 30


class PublicationListView(RoundsOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "evaluations/admin/publication_list.html"
    header_icon = "doc-full"
    page_title = gettext_lazy("评价公布")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = publications_in_scope(self.request.user, VIEW)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        listed = [(row, title_of(row), label_of(row.kind), result_in_words(row)) for row in page]
        return {**super().get_context_data(**kwargs), "page": page, "rows": listed}


class PublicationView(RoundsOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "evaluations/admin/publication_detail.html"
    header_icon = "doc-full"

    @cached_property
    def publication(self) -> Publication:
        return get_object_or_404(publications_in_scope(self.request.user, VIEW), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return title_of(self.publication)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("evaluations_admin:publications"), "label": _("评价公布")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.publication
        form = kwargs.pop("form", None) or CorrectionForm()
        return {
            **super().get_context_data(**kwargs),
            "row": row,
            "kind": label_of(row.kind),
            "cell": cell_of(row),
            "result": result_in_words(row),
            "corrections": row.corrections.select_related("by"),
            "form": form if user_can_correct(self.request.user, row) else None,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_correct(request.user, self.publication):
            raise PermissionDenied
        form = CorrectionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        services.correct_publication(publication=self.publication, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("更正已公布。"))
        return redirect("evaluations_admin:publication", pk=self.publication.pk)
