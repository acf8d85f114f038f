"""One review: the original beside what will be public, and the verbs."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.trail.subjects import row_keys

from .. import selectors, services
from ..forms import VERB_LABELS, DecisionForm, hint_of
from ..models import Review
from ..permissions import user_can_decide_review, user_can_view_review
from ..registry import ReviewOwner, owner_of
from ..rules import Refused
from ..rules.screening import ReviewReason
from ..states import ReportState, ReviewState, Verb
from .access import QueueOnly

REASON_LABELS = {
    ReviewReason.FIRST.value: gettext_lazy("首次发言"),
    ReviewReason.NEW_ACCOUNT.value: gettext_lazy("新注册账号"),
    ReviewReason.BURST.value: gettext_lazy("短时间内多次发言"),
    ReviewReason.REPEATED.value: gettext_lazy("重复的内容"),
    ReviewReason.WORD.value: gettext_lazy("命中词表"),
    ReviewReason.PERSONAL.value: gettext_lazy("含个人信息"),
    ReviewReason.LINK.value: gettext_lazy("含链接或联系方式"),
    ReviewReason.NUMBER.value: gettext_lazy("含长串号码"),
}


def _option(verb: Verb, review: Review) -> dict[str, Any]:
    return {"value": verb.value, "label": VERB_LABELS[verb], "hint": hint_of(verb, review)}


def _claim_or_release(review: Review) -> Verb:
    return Verb.RELEASE if review.claimed_by_id else Verb.CLAIM


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
        return selectors.with_summaries([self.review])[0].name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        queue = {"url": f"{reverse('reviews:index')}?state=waiting", "label": _("待审")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = self.review
        owner = owner_of(review.kind)
        form = self.form or DecisionForm(review=review, initial=self.initial())
        summary = selectors.with_summaries([review])[0].summary
        verbs = self.allowed(owner) if self.may_decide else frozenset()
        return {
            **super().get_context_data(**kwargs),
            "review": review,
            "summary": summary,
            "form": form,
            "quick_verbs": [_option(verb, review) for verb in (_claim_or_release(review),) if verb in verbs],
            "verbs": [_option(verb, review) for verb in VERB_LABELS if verb in verbs - {Verb.CLAIM, Verb.RELEASE}],
            "may_decide": self.may_decide,
            "may_publish": Verb.PUBLISH in verbs,
            "may_classify": Verb.CLASSIFY in verbs,
            "may_divert": Verb.DIVERT in verbs,
            "may_merge": Verb.MERGE in verbs,
            "candidates": owner.merge_candidates(review) if Verb.MERGE in verbs else [],
            "transfer_groups": selectors.transfer_targets(review) if Verb.TRANSFER in verbs else [],
            "history": selectors.history(review),
            "author": selectors.author_history(review),
            "recent": selectors.recent_of_author(review, self.request.user),
            "reasons": [REASON_LABELS[each] for each in review.outcome.get("reasons", []) if each in REASON_LABELS],
            "open_reports": review.reports.filter(state=ReportState.OPEN).count(),
            "changes": review.changes if not review.is_confidential and not self.is_waiting else [],
            **self.overtaken(verbs),
        }

    @property
    def is_waiting(self) -> bool:
        return self.review.state == ReviewState.WAITING

    def allowed(self, owner: ReviewOwner) -> frozenset[str]:
        """The owner's verbs, and the second look at a hiding where the owner has none of its own."""
        verbs = owner.allowed_verbs(self.review, self.request.user)
        is_second = self.review.waits_for_confirmation and self.review.decided_by_id != self.request.user.pk
        return verbs | {Verb.CONFIRM} if is_second and owner.confirm_hiding is None else verbs

    def overtaken(self, verbs: frozenset[str]) -> dict[str, Any]:
        """What somebody typed for a verb that another person has made impossible meanwhile, and who did what, when."""
        if self.form is None or self.form.data.get("verb", "") in verbs:
            return {}
        fields = [self.form[name] for name in ("public_title", "public_body", "reason") if name in self.form.fields]
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
        messages.success(request, done % {"number": self.get_page_title(), "verb": VERB_LABELS[verb]})
        if verb == Verb.PUBLISH and not self.review.is_confidential and self.form.has_personal_data:
            messages.warning(request, _("公开文本中的个人信息已自动隐去。"))
        if verb in {Verb.CLAIM, Verb.RELEASE, Verb.CLASSIFY}:
            return redirect("reviews:review", pk=self.review.pk)
        return redirect(f"{reverse('reviews:index')}?state=waiting")

    def photo(self, request: HttpRequest) -> HttpResponse:
        owner = owner_of(self.review.kind)
        key, withholds = request.POST["photo"], request.POST.get("withholds") == "1"
        if not self.may_decide or owner.withhold_photo is None or not row_keys([key]):
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
