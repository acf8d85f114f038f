"""Rounds: the list, one round with its paper ballots, closing and confirming, and the figures as a file."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.exports import Row, csv_response
from participation.moderation.rules import Refused
from portal.trail.subjects import subjects_of

from .. import services
from ..forms import CloseForm, HandOutForm, PaperCountForm
from ..models import SOURCES, Rater, Round
from ..permissions import VIEW, user_can_read_answers, user_can_run_round
from ..registry import kinds
from ..selectors import has_counted_paper, label_of
from ..selectors.desk import (
    awaiting_confirmation,
    paper_state_of,
    reasons_of,
    result_shown,
    round_table,
    rounds_in_scope,
    with_answered,
)
from ..states import RoundState
from .access import RoundsOnly

PER_PAGE = 30
MOST_ROWS = 5000
STATES = [("waiting", gettext_lazy("待确认结果")), *Round._meta.get_field("state").choices]  # type: ignore[misc]  # a list


def narrowed(rows: Any, asked: Any) -> Any:
    state, kind, source = (asked.get(name, "") for name in ("state", "kind", "source"))
    if state == "waiting":
        rows = awaiting_confirmation(rows)
    elif state in list(RoundState):
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if source in dict(SOURCES):
        rows = rows.filter(source=source)
    return rows.order_by("-opened_on", "-pk")


class RoundListView(RoundsOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "evaluations/admin/round_list.html"
    header_icon = "tasks"
    page_title = gettext_lazy("评价轮次")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        scope = rounds_in_scope(self.request.user, VIEW)
        page = Paginator(narrowed(with_answered(scope), asked), PER_PAGE).get_page(asked.get("p"))
        query = asked.copy()
        query.pop("p", None)
        selects = [
            ("state", _("状态"), STATES),
            ("kind", _("评价类别"), [(kind.key, kind.label) for kind in kinds()]),
            ("source", _("评价主体"), SOURCES),
        ]
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "rows": [(row, label_of(row.kind)) for row in page],
            "waiting": awaiting_confirmation(scope).count(),
            "selects": [(name, label, choices, asked.get(name, "")) for name, label, choices in selects],
            "query": query.urlencode(),
        }


class RoundTableView(RoundsOnly, View):
    """The list as it is filtered, with the counts of finished rounds; fewer than five read 不足5."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        rows = list(narrowed(rounds_in_scope(request.user, VIEW), request.GET)[:MOST_ROWS])
        return csv_response(self.lines(rows), f"evaluations-{timezone.localdate():%Y%m%d}")

    def lines(self, rows: list[Round]) -> Iterator[Row]:
        yield [
            _("评价类别"), _("评价主体"), _("评价内容"), _("区划"), _("被评价单位"), _("开始"), _("截止"), _("状态"),
            _("名册人数"), _("评价数"), _("满意"), _("基本满意"), _("不满意"),
        ]  # fmt: skip
        for row, answered, counts in round_table(rows):
            yield [
                label_of(row.kind), str(row.get_source_display()), row.title, str(row.division or ""),
                row.unit.name if row.unit else "", row.opened_on.isoformat(), row.closes_on.isoformat(),
                str(row.get_state_display()), str(row.roll_size or ""), answered, *counts,
            ]  # fmt: skip


class RoundView(RoundsOnly, WagtailAdminTemplateMixin, TemplateView):
    """One round. A step is offered where the kind lets this person do it now; the service asks once more."""

    template_name = "evaluations/admin/round_detail.html"
    header_icon = "tasks"

    @cached_property
    def round(self) -> Any:
        rows = with_answered(rounds_in_scope(self.request.user, VIEW))
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.round.title or label_of(self.round.kind)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("evaluations_admin:index"), "label": _("评价轮次")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def waiting(self) -> Any:
        rows = Rater.objects.filter(round=self.round, answered_on=None).select_related("user")
        return rows.order_by("pk")

    def steps(self) -> dict[str, tuple[str, Form | None]]:
        """Name → (button, form) of what this person may do now."""
        row, user = self.round, self.request.user
        found: dict[str, tuple[str, Form | None]] = {}
        if not user_can_run_round(user, row):
            return {}
        if row.state == RoundState.OPEN:
            counts = list(row.paper_counts.values_list("entered_by", flat=True))
            if row.is_open and row.roll_size is not None and not counts and self.waiting.exists():
                found["hand_out"] = (_("发出纸质票"), HandOutForm(self.posted("hand_out"), waiting=self.waiting))
            state = paper_state_of(row, user)
            if state is not None and not state.is_agreed and (user.pk in counts or len(counts) < 2):
                found["count"] = (_("录入计票结果"), PaperCountForm(self.posted("count")))
            found["close"] = (_("提前结束"), CloseForm(self.posted("close")))
        elif row.state == RoundState.CLOSED and not has_counted_paper(row, user):
            found["confirm"] = (_("确认结果"), None)
        return found

    def posted(self, step: str) -> Any:
        return self.request.POST if self.request.method == "POST" and self.request.POST.get("step") == step else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.round, self.request.user
        subject = subjects_of(row.subject_kind, [row.subject_key]).get(row.subject_key) if row.subject_key else None
        return {
            **super().get_context_data(**kwargs),
            "round": row,
            "kind": label_of(row.kind),
            "subject": subject if subject is not None and subject.visible_to(user) else None,
            "paper": paper_state_of(row, user),
            "result": result_shown(row),
            "reasons": reasons_of(row) if user_can_read_answers(user, row) else [],
            "reads_answers": user_can_read_answers(user, row),
            "steps": self.steps(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_run_round(request.user, self.round):
            raise PermissionDenied
        name = request.POST.get("step", "")
        offered = self.steps()
        if name not in offered:
            return self.refused(
                _("这一步现在不能办理：评价的状态已经变化，或者应由另一人办理。请看现在能办的步骤。"), offered
            )
        label, form = offered[name]
        if form is not None and not form.is_valid():
            return self.refused(_("没有保存，请看“%s”的提示。") % label, offered)
        try:
            self.run(name, form.cleaned_data if form else {})
        except Refused as refusal:
            if form is not None:
                form.add_error(None, str(refusal.message))
            return self.refused(str(refusal.message), offered)
        messages.success(request, _("%s，已完成。") % label)
        return redirect("evaluations_admin:round", pk=self.round.pk)

    def refused(self, sentence: str, offered: dict[str, tuple[str, Form | None]]) -> HttpResponseBase:
        """The page again, with what was typed."""
        messages.error(self.request, sentence)
        return self.render_to_response({**self.get_context_data(), "steps": offered}, status=422)

    def run(self, name: str, cleaned: dict[str, Any]) -> None:
        who = {"round_": self.round, "by": self.request.user}
        if name == "hand_out":
            services.hand_out_paper(**who, **cleaned)
        elif name == "count":
            services.count_paper(**who, **cleaned)
        elif name == "close":
            services.close_round(**who, **cleaned)
        else:
            services.confirm_result(**who)
