"""举报: what readers reported, the earliest day first; one answer for all who reported the same text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import selectors, services
from ..forms import AnswerForm
from ..models import Review
from ..permissions import user_can_decide_review
from ..rules import DECIDE, VIEW, Refused
from .access import QueueOnly

PER_PAGE = 30


class ReportListView(QueueOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "moderation/report_queue.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        return _("举报")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("举报")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = selectors.reported_in(selectors.scope_of(self.request.user, VIEW))
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        page.object_list = selectors.with_summaries(page.object_list)
        return {**super().get_context_data(**kwargs), "page": page, "today": timezone.localdate()}


class ReportView(QueueOnly, WagtailAdminTemplateMixin, TemplateView):
    """The reported text, what was said against it, and the answer."""

    template_name = "moderation/report_desk.html"
    header_icon = "warning"

    @cached_property
    def review(self) -> Review:
        """404 outside the scope. By the review: its reports are answered together."""
        rows = selectors.reviews_for(self.request.user).filter(reports__isnull=False).distinct()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("举报：%s") % selectors.with_summaries([self.review])[0].name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("reports:index"), "label": _("举报")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, form: AnswerForm | None = None, **kwargs: Any) -> dict[str, Any]:
        user, review = self.request.user, self.review
        reports = list(review.reports.select_related("decided_by").order_by("pk"))
        is_open = any(row.state == "open" for row in reports)
        return {
            **super().get_context_data(**kwargs),
            "review": review,
            "summary": selectors.with_summaries([review])[0].summary,
            "reports": reports,
            "may_answer": is_open and user_can_decide_review(user, review) and review.author_id != user.pk,
            "form": form or AnswerForm(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not selectors.reviews_for(request.user, DECIDE).filter(pk=self.review.pk).exists():
            raise PermissionDenied
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                count = services.decide_report(
                    review=self.review,
                    by=request.user,
                    is_upheld=form.cleaned_data["outcome"] == "yes",
                    answer=form.cleaned_data["answer"],
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("已答复%d件举报。") % count)
                return redirect("reports:index")
        return self.render_to_response(self.get_context_data(form=form), status=422)
