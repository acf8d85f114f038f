"""Every proposal in scope, and what the committee decides on one of them."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from participation.moderation.rules import Refused
from participation.moderation.selectors import history

from .. import services
from ..forms import STAFF_ACTIONS, StaffActionForm
from ..models import STATE_LABELS, Category, Proposal
from ..permissions import VIEW_ORIGINAL, user_can_view_contact, user_can_view_original
from ..selectors import allowed_actions, authors_of, promised_date, proposals_in_scope
from ..states import STORED, Action


class StaffOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_active and request.user.has_perm(VIEW_ORIGINAL)):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "private, no-store"
        return response


class ProposalFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("状态"),
        choices=[(state.value, STATE_LABELS[state]) for state in STATE_LABELS if state in STORED],
    )
    category = django_filters.ChoiceFilter(label=gettext_lazy("类别"), choices=Category.choices)
    submitted_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("提交日期"), widget=DateRangePickerWidget)
    hidden = django_filters.ChoiceFilter(
        label=gettext_lazy("隐去"), choices=[("waiting", gettext_lazy("待复核"))], method="hidden_waiting"
    )

    class Meta:
        model = Proposal
        fields = ["state", "category", "submitted_at", "hidden"]

    def hidden_waiting(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(hidden_at__isnull=False, hiding_confirmed_by__isnull=True)


class ProposalIndexView(StaffOnly, generic.IndexView):
    model = Proposal
    page_title = gettext_lazy("居民建议")
    header_icon = "form"
    index_url_name = "proposals_admin:index"
    index_results_url_name = "proposals_admin:index_results"
    any_permission_required = None
    filterset_class = ProposalFilters
    search_fields = ["number", "review__original_title", "review__original_body"]
    search_backend_name = None
    paginate_by = 20
    default_ordering = "-submitted_at"

    @cached_property
    def is_searchable(self) -> bool:
        return True

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("number", label=gettext_lazy("受理编号"), accessor="number", get_url=self.detail_url),
            Column("title", label=gettext_lazy("标题"), accessor="own_title", classname="listing-lead"),
            StatusTagColumn("state", label=gettext_lazy("状态"), accessor="get_state_display"),
            Column("division", label=gettext_lazy("街道（乡镇）"), accessor="division"),
            Column("category", label=gettext_lazy("类别"), accessor="get_category_display"),
            Column("support_count", label=gettext_lazy("附议数"), accessor="support_count", sort_key="support_count"),
            DateColumn("submitted_at", label=gettext_lazy("提交时间"), sort_key="submitted_at"),
        ]

    def detail_url(self, proposal: Proposal) -> str:
        return reverse("proposals_admin:detail", args=[proposal.pk])

    def get_base_queryset(self) -> Any:
        return proposals_in_scope(self.request.user, VIEW_ORIGINAL)

    def search_queryset(self, queryset: Any) -> Any:
        """By number and by what was written: staff search the originals, which no public index holds."""
        if not self.is_searching:
            return queryset
        return queryset.search_originals(self.search_query)

    def order_queryset(self, queryset: Any) -> Any:
        ordering = self.ordering or self.default_ordering
        return queryset.order_by(ordering, "-pk" if ordering.startswith("-") else "pk")


class ProposalView(StaffOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "proposals/admin/proposal_detail.html"
    header_icon = "form"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form = StaffActionForm()

    @cached_property
    def proposal(self) -> Proposal:
        row = proposals_in_scope(self.request.user, VIEW_ORIGINAL).filter(pk=self.kwargs["pk"]).first()
        if row is None or not user_can_view_original(self.request.user, row):
            raise Http404
        return row

    def get_page_title(self) -> str:
        return self.proposal.number

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        index = {"url": reverse("proposals_admin:index"), "label": _("居民建议")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.proposal.number}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.proposal
        return {
            **super().get_context_data(**kwargs),
            "proposal": row,
            "promised": promised_date(row),
            "actions": {action.value for action in allowed_actions(row)},
            "labels": {action.value: label for action, label in STAFF_ACTIONS.items()},
            "authors": authors_of(row) if user_can_view_contact(self.request.user, row) else [],
            "history": history(row.review),
            "form": self.form,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form = StaffActionForm(request.POST)
        if self.form.is_valid():
            try:
                _run(self.proposal, request.user, self.form.cleaned_data)
            except Refused as refusal:
                self.form.add_error(None, str(refusal.message))
            else:
                label = STAFF_ACTIONS[Action(self.form.cleaned_data["action"])]
                messages.success(
                    request, _("%(number)s：%(verb)s，已完成。") % {"number": self.proposal.number, "verb": label}
                )
                return redirect("proposals_admin:detail", pk=self.proposal.pk)
        messages.error(request, _("没有处理，请看下面的提示。"))
        return self.render_to_response(self.get_context_data(), status=422)


def _run(proposal: Proposal, by: Any, cleaned: dict[str, Any]) -> None:
    reason = cleaned["reason"]
    match Action(cleaned["action"]):
        case Action.START_SCREENING:
            services.start_screening(proposal=proposal, by=by)
        case Action.ADOPT:
            services.adopt_proposal(
                proposal=proposal, by=by, route=cleaned["route"], matter_level=cleaned["matter_level"], reason=reason
            )
        case Action.DECLINE:
            services.decline_proposal(proposal=proposal, by=by, reason=reason, matter_level=cleaned["matter_level"])
        case Action.HIDE:
            services.hide_proposal(proposal=proposal, by=by, reason=reason)
        case Action.CONFIRM_HIDING:
            services.confirm_hiding(proposal=proposal, by=by)
        case Action.RESTORE:
            services.restore_proposal(proposal=proposal, by=by, reason=reason)
        case Action.VOID:
            services.void_proposal(proposal=proposal, by=by, reason=reason)
        case Action.PUBLISH_IMPORT:
            services.publish_import(proposal=proposal, by=by)


class ProposalViewSet(ViewSet):
    name = "proposals_admin"
    url_prefix = "proposals"
    icon = "form"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ProposalIndexView.as_view(), name="index"),
            path("results/", ProposalIndexView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", ProposalView.as_view(), name="detail"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""
