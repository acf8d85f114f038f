"""申诉: answered by somebody else than who decided."""

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
from ..models import STATE_LABELS, Appeal
from ..permissions import user_can_decide_review
from ..rules import VIEW, Refused
from ..states import AppealState, ReviewState
from .access import QueueOnly

PER_PAGE = 30


class AppealListView(QueueOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "moderation/appeal_queue.html"
    header_icon = "help"

    def get_page_title(self) -> str:
        return _("申诉")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("申诉")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = selectors.appeals_in(selectors.scope_of(self.request.user, VIEW))
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        selectors.with_summaries([row.review for row in page.object_list])
        return {**super().get_context_data(**kwargs), "page": page, "today": timezone.localdate()}


class AppealView(QueueOnly, WagtailAdminTemplateMixin, TemplateView):
    """The text, the decision, the objection, and the answer."""

    template_name = "moderation/appeal_desk.html"
    header_icon = "help"

    @cached_property
    def appeal(self) -> Appeal:
        """404 outside the scope."""
        mine = selectors.reviews_for(self.request.user)
        rows = Appeal.objects.select_related("review__division", "decided_first_by", "answered_by")
        return get_object_or_404(rows.filter(review__in=mine), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("申诉：%s") % selectors.with_summaries([self.appeal.review])[0].name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("appeals:index"), "label": _("申诉")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, form: AnswerForm | None = None, **kwargs: Any) -> dict[str, Any]:
        appeal, user = self.appeal, self.request.user
        is_open = appeal.state == AppealState.OPEN
        is_another = user.pk not in {appeal.decided_first_by_id, appeal.author_id}
        return {
            **super().get_context_data(**kwargs),
            "appeal": appeal,
            "review": appeal.review,
            "summary": selectors.with_summaries([appeal.review])[0].summary,
            "against": STATE_LABELS[ReviewState(appeal.against)],
            "history": selectors.history(appeal.review),
            "is_another": is_another,
            "may_answer": is_open and is_another and user_can_decide_review(user, appeal.review),
            "form": form or AnswerForm(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_can_decide_review(request.user, self.appeal.review):
            raise PermissionDenied
        form = AnswerForm(request.POST)
        if form.is_valid():
            is_granted = form.cleaned_data["outcome"] == "yes"
            try:
                services.answer_appeal(
                    appeal=self.appeal, by=request.user, is_granted=is_granted, answer=form.cleaned_data["answer"]
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("已答复申诉。"))
                return redirect("appeals:index")
        return self.render_to_response(self.get_context_data(form=form), status=422)
