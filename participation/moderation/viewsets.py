"""审核 in the Wagtail admin: the queue, one review, and the same verb for many. Everything works without scripts."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from portal.jurisdictions.models import Division

from . import exports, selectors, services
from .forms import VERB_HINTS, VERB_LABELS, BulkForm, DecisionForm
from .models import STATE_LABELS, Review
from .permissions import user_can_decide_review, user_can_export_queue, user_can_open_queue, user_can_view_review
from .registry import owner_of, owners
from .rules import EXPORT, VIEW, Refused
from .states import ReviewState, Verb


class QueueOnly:
    """Closed to whoever may not open the queue anywhere; the rows are limited further by scope."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_queue(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


ALL = "all"


class ReviewFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=gettext_lazy("类型"), choices=lambda: _kinds())
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("审核状态"),
        choices=[(ALL, gettext_lazy("全部")), *STATE_LABELS.items()],
        empty_label=gettext_lazy("待审核（默认）"),
        method="by_state",
    )
    division = django_filters.ModelChoiceFilter(
        label=gettext_lazy("区划"), queryset=Division.objects.none(), method="within"
    )
    claimed = django_filters.ChoiceFilter(
        label=gettext_lazy("领取"),
        choices=[
            ("mine", gettext_lazy("我领取的")),
            ("free", gettext_lazy("无人领取")),
            ("taken", gettext_lazy("已领取")),
        ],
        method="by_claim",
    )
    is_confidential = django_filters.ChoiceFilter(
        label=gettext_lazy("保密件"), choices=[("True", gettext_lazy("是")), ("False", gettext_lazy("否"))]
    )
    submitted_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("送审日期"), widget=DateRangePickerWidget)

    class Meta:
        model = Review
        fields = ["state", "kind", "division", "claimed", "is_confidential", "submitted_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["division"].queryset = _divisions_in_scope(self.request.user)

    def filter_queryset(self, queryset: Any) -> Any:
        """Without a chosen state only what waits."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.waiting()

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        return rows if value == ALL else rows.filter(state=value)

    def within(self, rows: Any, name: str, value: Division) -> Any:
        return rows.filter(division__path__startswith=value.path)

    def by_claim(self, rows: Any, name: str, value: str) -> Any:
        if value == "mine":
            return rows.filter(claimed_by=self.request.user)
        return rows.filter(claimed_by__isnull=value == "free")


def _kinds() -> list[tuple[str, str]]:
    return [(kind, str(owner.label)) for kind, owner in owners().items()]


def _divisions_in_scope(user: Any) -> Any:
    rows = Division.objects.exclude(level=Division.Level.COMMUNITY).order_by("path")
    scope = selectors.scope_of(user, VIEW)
    if scope is None:
        return rows
    wanted = Division.objects.none()
    for division in scope:
        wanted = wanted | rows.filter(path__startswith=division.path)
    return wanted.distinct()


class TickColumn(BaseColumn):
    """The checkbox of a row; its form stands round the table."""

    header_template_name = "moderation/tick_header.html"
    cell_template_name = "moderation/tick_cell.html"


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
            TitleColumn("number", label=gettext_lazy("受理编号"), accessor="subject_key", get_url=self.review_url),
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
            {"url": self.tab_url(ALL), "label": _("全部"), "is_current": chosen == ALL},
        ]
        context["bulk_form"] = BulkForm(channels=_channels(), auto_id="bulk-%s")
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


def _channels() -> list[tuple[str, str]]:
    """The channels of every kind."""
    found: dict[str, str] = {}
    for owner in owners().values():
        for choice in owner.all_channels():
            found.setdefault(choice.value, choice.label)
    return list(found.items())


def _option(verb: Verb) -> dict[str, Any]:
    return {"value": verb.value, "label": VERB_LABELS[verb], "hint": VERB_HINTS.get(verb, "")}


class ReviewView(QueueOnly, WagtailAdminTemplateMixin, TemplateView):
    """The original beside what will be public, the verbs, and the history."""

    template_name = "moderation/review_detail.html"
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form: DecisionForm | None = None

    @cached_property
    def review(self) -> Review:
        """404 outside the scope: that it exists is private."""
        review = get_object_or_404(selectors.reviews_for(self.request.user), pk=self.kwargs["pk"])
        if not user_can_view_review(self.request.user, review):
            raise PermissionDenied
        return review

    def get_page_title(self) -> str:
        return f"{owner_of(self.review.kind).label} {self.review.subject_key}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        queue = {"url": f"{reverse('reviews:index')}?state=waiting", "label": _("待审")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.review.subject_key}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = self.review
        owner = owner_of(review.kind)
        form = self.form or DecisionForm(review=review, initial=self.initial())
        summary = selectors.with_summaries([review])[0].summary
        verbs = owner.allowed_verbs(review, self.request.user) if self.may_decide else frozenset()
        return {
            **super().get_context_data(**kwargs),
            "review": review,
            "summary": summary,
            "form": form,
            "quick_verbs": [_option(verb) for verb in (Verb.CLAIM, Verb.RELEASE) if verb in verbs],
            "verbs": [_option(verb) for verb in VERB_LABELS if verb in verbs - {Verb.CLAIM, Verb.RELEASE}],
            "may_decide": self.may_decide,
            "may_publish": Verb.PUBLISH in verbs,
            "may_classify": Verb.CLASSIFY in verbs,
            "may_divert": Verb.DIVERT in verbs,
            "may_merge": Verb.MERGE in verbs,
            "candidates": owner.merge_candidates(review) if Verb.MERGE in verbs else [],
            "transfer_groups": selectors.transfer_targets(review) if Verb.TRANSFER in verbs else [],
            "history": selectors.history(review),
            **self.overtaken(verbs),
        }

    def overtaken(self, verbs: frozenset[str]) -> dict[str, Any]:
        """What somebody typed for a verb that another person has made impossible meanwhile, and who did what, when."""
        if self.form is None or self.form.data.get("verb", "") in verbs:
            return {}
        fields = [self.form[name] for name in ("public_title", "public_body", "reason")]
        typed = [{"label": field.label, "value": field.value()} for field in fields if field.value()]
        steps = selectors.history(self.review)
        return {"typed": typed, "overtaken_by": steps[-1] if steps else None}

    @cached_property
    def may_decide(self) -> bool:
        return user_can_decide_review(self.request.user, self.review)

    def initial(self) -> dict[str, Any]:
        summary = selectors.with_summaries([self.review])[0].summary
        return {
            "public_title": self.review.public_title,
            "public_body": self.review.public_body,
            "category": summary.category if summary else "",
            "round": self.review.round,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "photo" in request.POST:
            return self.photo(request)
        self.form = DecisionForm(request.POST, review=self.review)
        if not self.form.is_valid():
            return self.refused()
        verb = Verb(self.form.cleaned_data["verb"])
        try:
            services.decide(
                review=self.review,
                verb=verb,
                by=request.user,
                reason=self.form.cleaned_data["reason"],
                **self.form.details(),
            )
        except Refused as refusal:
            self.form.add_error(None, str(refusal.message))
            return self.refused()
        done = _("%(number)s：%(verb)s，已完成。")
        messages.success(request, done % {"number": self.review.subject_key, "verb": VERB_LABELS[verb]})
        if verb == Verb.PUBLISH and not self.review.is_confidential and self.form.has_personal_data:
            messages.warning(request, _("公开文本中的个人信息已自动隐去。"))
        if verb in {Verb.CLAIM, Verb.RELEASE, Verb.CLASSIFY}:
            return redirect("reviews:review", pk=self.review.pk)
        return redirect(f"{reverse('reviews:index')}?state=waiting")

    def photo(self, request: HttpRequest) -> HttpResponse:
        owner = owner_of(self.review.kind)
        key, withholds = request.POST["photo"], request.POST.get("withholds") == "1"
        if not self.may_decide or owner.withhold_photo is None or not key.isdigit():
            raise PermissionDenied
        try:
            owner.withhold_photo(review=self.review, by=request.user, photo=int(key), is_withheld=withholds)
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("reviews:review", pk=self.review.pk)

    def refused(self) -> HttpResponse:
        """The page again with what was typed, and with what the review has become."""
        self.__dict__.pop("review", None)
        self.__dict__.pop("may_decide", None)
        return self.render_to_response(self.get_context_data(), status=422)


class ReviewBulkView(QueueOnly, View):
    """One verb for the ticked reviews: all or none."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        back = redirect(_safe_next(request))
        keys = {int(key) for key in request.POST.getlist("id") if key.isdigit()}
        if not keys:
            messages.error(request, _("请先勾选要处理的件。"))
            return back
        rows = list(selectors.reviews_for(request.user).filter(pk__in=keys))
        if len(rows) != len(keys):
            raise PermissionDenied
        form = BulkForm(request.POST, channels=_channels())
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


class ReviewViewSet(ViewSet):
    name = "reviews"
    url_prefix = "reviews"
    icon = "tasks"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ReviewIndexView.as_view(), name="index"),
            path("results/", ReviewIndexView.as_view(results_only=True), name="index_results"),
            path("bulk/", ReviewBulkView.as_view(), name="bulk"),
            path("<int:pk>/", ReviewView.as_view(), name="review"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""
