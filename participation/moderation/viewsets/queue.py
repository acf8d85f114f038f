"""The queue, and the same verb for many of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from portal.trail.subjects import row_keys

from .. import exports, selectors, services
from ..forms import VERB_LABELS, BulkForm
from ..models import Review
from ..permissions import user_can_export_queue
from ..registry import owner_of, owners
from ..rules import EXPORT, Refused
from ..states import ReviewState, Verb
from .access import QueueOnly
from .filters import ALL, TO_CONFIRM, ReviewFilters


class TickColumn(BaseColumn):
    """The checkbox of a row; its form stands round the table."""

    header_template_name = "moderation/tick_header.html"
    cell_template_name = "moderation/tick_cell.html"


def _number(review: Review) -> str:
    """A comment or photo has only the key of its row, which says nothing without its kind."""
    key = review.subject_key
    return f"{owner_of(review.kind).label} {key}" if key.isdecimal() else key


def _heading(review: Review) -> str:
    return review.original_title or Truncator(review.original_body).chars(40)


def _waiting_days(review: Review) -> str:
    if review.state != ReviewState.WAITING:
        return ""
    return _("%d天") % (timezone.localdate() - timezone.localdate(review.submitted_at)).days


def _promised(review: Review) -> Any:
    return review.summary.promised_on if review.summary and review.summary.promised_on else ""


class ReviewIndexView(QueueOnly, generic.IndexView):
    model = Review
    page_title = gettext_lazy("待审")
    header_icon = "tasks"
    template_name = "moderation/review_queue.html"
    results_template_name = "moderation/review_queue_results.html"
    index_url_name = "reviews:index"
    index_results_url_name = "reviews:index_results"
    any_permission_required = None
    filterset_class = ReviewFilters
    search_fields = ["subject_key", "original_title", "original_body"]
    search_backend_name = None
    paginate_by = 20
    default_ordering = "submitted_at"

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TickColumn("tick", label=gettext_lazy("选择")),
            TitleColumn("number", label=gettext_lazy("受理编号"), accessor=_number, get_url=self.review_url),
            Column("heading", label=gettext_lazy("内容"), accessor=_heading, classname="listing-lead"),
            Column("kind", label=gettext_lazy("类型"), accessor=lambda review: owner_of(review.kind).label),
            Column("division", label=gettext_lazy("区划"), accessor="division"),
            StatusTagColumn(
                "state",
                label=gettext_lazy("审核状态"),
                accessor="get_state_display",
                primary=lambda review: review.state == ReviewState.WAITING,
            ),
            Column("claimed_by", label=gettext_lazy("领取人"), accessor="claimed_by"),
            DateColumn("submitted_at", label=gettext_lazy("送审时间"), sort_key="submitted_at"),
            Column("waiting", label=gettext_lazy("已等"), accessor=_waiting_days),
            Column("promised", label=gettext_lazy("本站承诺办理时限"), accessor=_promised),
        ]

    def review_url(self, review: Review) -> str:
        return reverse("reviews:review", args=[review.pk])

    def get_base_queryset(self) -> Any:
        return selectors.reviews_for(self.request.user)

    def order_queryset(self, queryset: Any) -> Any:
        ordering = self.ordering or self.default_ordering
        return queryset.order_by(ordering, "-pk" if ordering.startswith("-") else "pk")

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(selectors.with_summaries(object_list))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        chosen = self.request.GET.get("state", "")
        context["tabs"] = [
            {"url": self.tab_url(""), "label": _("待审"), "is_current": chosen in {"", ReviewState.WAITING}},
            {"url": self.tab_url(TO_CONFIRM), "label": _("待复核"), "is_current": chosen == TO_CONFIRM},
            {"url": self.tab_url(ALL), "label": _("全部"), "is_current": chosen == ALL},
        ]
        context["bulk_form"] = BulkForm(channels=channels(), auto_id="bulk-%s")
        return context

    def tab_url(self, state: str) -> str:
        """The same search and filters with another state."""
        query = self.request.GET.copy()
        for name in ("state", "p", "export"):
            query.pop(name, None)
        if state:
            query["state"] = state
        return f"{reverse('reviews:index')}?{query.urlencode()}" if query else reverse("reviews:index")

    @cached_property
    def show_export_buttons(self) -> bool:
        return user_can_export_queue(self.request.user)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        if not self.is_export:
            return super().render_to_response(context, **kwargs)
        if not user_can_export_queue(self.request.user):
            raise PermissionDenied
        rows = self.filter_export(context["object_list"])
        file_format = self.request.GET["export"]
        services.record_export(by=self.request.user, rows=len(rows), file_format=file_format)
        table = [exports.headings(), *(exports.row_of(row) for row in rows)]
        name = f"reviews-{timezone.localdate():%Y%m%d}"
        return exports.xlsx_response(table, name) if file_format == "xlsx" else exports.csv_response(table, name)

    def filter_export(self, rows: Any) -> list[Review]:
        """Only what the user may take along: the right to export can be narrower than the right to see."""
        allowed = set(selectors.reviews_for(self.request.user, EXPORT).values_list("pk", flat=True))
        return [row for row in rows if row.pk in allowed]


def channels() -> list[tuple[str, str]]:
    """The channels of every kind."""
    found: dict[str, str] = {}
    for owner in owners().values():
        for choice in owner.all_channels():
            found.setdefault(choice.value, choice.label)
    return list(found.items())


class ReviewBulkView(QueueOnly, View):
    """One verb for the ticked reviews: all or none."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        back = redirect(_safe_next(request))
        keys = row_keys(request.POST.getlist("id"))
        if not keys:
            messages.error(request, _("请先勾选要处理的件。"))
            return back
        rows = list(selectors.reviews_for(request.user).filter(pk__in=keys))
        if len(rows) != len(keys):
            messages.error(request, _("有件不在您的审核范围内，没有处理任何一件。"))
            return back
        form = BulkForm(request.POST, channels=channels())
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return back
        verb = Verb(form.cleaned_data["verb"])
        details = {"channel": form.cleaned_data["channel"]} if verb == Verb.DIVERT else {}
        try:
            count = services.decide_many(
                reviews=rows, verb=verb, by=request.user, reason=form.cleaned_data["reason"], **details
            )
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return back
        messages.success(request, _("已处理%(n)d件：%(verb)s。") % {"n": count, "verb": VERB_LABELS[verb]})
        return back


def _safe_next(request: HttpRequest) -> str:
    """Back to the filtered queue; only ever to the queue itself."""
    query = request.POST.get("query", "")
    return f"{reverse('reviews:index')}?{query}" if query else reverse("reviews:index")
