"""One appraisal: facts, result, dispatches, history, and a form for everything that this person may do now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.evaluations.models import Rater
from participation.evaluations.selectors import has_counted_paper, paper_agreed
from participation.evaluations.states import Channel
from participation.moderation.rules import Refused
from portal.trail.selectors import history_of

from .. import services
from ..forms import FORMS, StepForm
from ..models import ACTION_LABELS, OfficeAppraisal
from ..permissions import actions_open_to, user_can_do, user_can_manage_appraisal, user_can_view_result
from ..selectors import (
    archive_obstacles,
    members_who_rate,
    next_step,
    publish_obstacles,
    result_for_staff,
    steps_of,
)
from ..selectors.process import publicity_of, refused_person
from ..states import Action, State
from ..views.reading import pdf_response
from .access import OneAppraisal, start_item

RUN: dict[Action, Callable[..., Any]] = {
    Action.SUBMIT_REPORT: services.submit_report,
    Action.PUBLISH_REPORT: services.publish_report,
    Action.HOLD_MEETING: services.hold_meeting,
    Action.OPEN_RATING: services.open_rating,
    Action.HAND_OUT_PAPER: services.hand_out_paper_ballots,
    Action.COUNT_PAPER: services.count_paper_ballots,
    Action.CLOSE_RATING: services.close_rating,
    Action.CONFIRM_RESULT: services.confirm_result,
    Action.DISPATCH: services.dispatch_result,
    Action.CONFIRM_RECEIPT: services.confirm_dispatch_receipt,
    Action.RECORD_CONSENT: services.record_consent,
    Action.PUBLISH_RESULT: services.publish_result,
    Action.ARCHIVE: services.archive_appraisal,
    Action.CANCEL: services.cancel_appraisal,
}
NEXT: dict[State, tuple[Action, ...]] = {
    State.PLANNED: (Action.SUBMIT_REPORT, Action.PUBLISH_REPORT),
    State.REPORT_PUBLISHED: (Action.HOLD_MEETING,),
    State.MEETING: (Action.OPEN_RATING,),
    State.RATING_OPEN: (Action.CLOSE_RATING,),
    State.COUNTED: (Action.CONFIRM_RESULT,),
    State.RESULT_CONFIRMED: (Action.DISPATCH,),
    State.DISPATCHED: (Action.PUBLISH_RESULT, Action.ARCHIVE),
    State.PUBLISHED: (Action.ARCHIVE,),
}
HINTS: dict[Action, Any] = {
    Action.SUBMIT_REPORT: gettext_lazy("保存后还不公开；公开以前可以再改。单位不上网的由工委代录，标明“由工委代录”。"),
    Action.PUBLISH_REPORT: gettext_lazy("公开后不能撤回，评议的公开页面从此可以看到。"),
    Action.HOLD_MEETING: gettext_lazy("只登记人数和职务，不登记到会人员姓名。"),
    Action.OPEN_RATING: gettext_lazy("开始后名册和等次规则不再变；名册上的每人会收到通知。"),
    Action.HAND_OUT_PAPER: gettext_lazy(
        "现场发票时勾选领票的人。领纸质票的、在网上测评的最好各满5人：太少时计票的人猜得出是谁的票。"
    ),
    Action.COUNT_PAPER: gettext_lazy("由两人分别清点、分别录入，一致后才能结束测评。"),
    Action.CLOSE_RATING: gettext_lazy("结束后不能再测评；由另一人确认评议结果。"),
    Action.CONFIRM_RESULT: gettext_lazy("由结束测评、录入计票以外的人核对后确认。"),
    Action.DISPATCH: gettext_lazy("三处都报送后才能归档；报送不分先后。备案不是审批。"),
    Action.CONFIRM_RECEIPT: gettext_lazy("收到回执后登记。"),
    Action.RECORD_CONSENT: gettext_lazy("只登记日期和文号；公开页面写“经街道党工委研究同意”。"),
    Action.PUBLISH_RESULT: gettext_lazy("公开后不能修改，只能加注日期更正。"),
    Action.ARCHIVE: gettext_lazy("归档后不再办理。"),
    Action.CANCEL: gettext_lazy("测评开始以前可以取消；书面报告已经公开的，理由也公开。"),
}


@dataclass(frozen=True)
class Offer:
    """One form on the page."""

    action: Action
    form: StepForm
    is_open: bool
    is_next: bool

    @property
    def label(self) -> Any:
        return ACTION_LABELS[self.action]

    @property
    def hint(self) -> Any:
        return HINTS.get(self.action, "")


class AppraisalView(OneAppraisal, WagtailAdminTemplateMixin, TemplateView):
    template_name = "oversight/admin/appraisal_detail.html"
    header_icon = "clipboard-list"

    def get_page_title(self) -> str:
        return self.appraisal.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": self.appraisal.title}]

    def get_context_data(self, refused: tuple[Action, StepForm] | None = None, **kwargs: Any) -> dict[str, Any]:
        row, user = self.appraisal, self.request.user
        may_see_result = user_can_view_result(user, row)
        offers = self.offers(refused)
        return {
            **super().get_context_data(**kwargs),
            "appraisal": row,
            "steps": steps_of(row),
            "next_step": next_step(row),
            "obstacles": self.obstacles(),
            "publicity": publicity_of(row),
            "result": result_for_staff(row) if may_see_result else None,
            "may_see_result": may_see_result,
            "rating": self.rating() if may_see_result and row.round is not None else None,
            "dispatches": row.dispatches.select_related("filing__by") if may_see_result else [],
            "next_offers": [offer for offer in offers if offer.is_next],
            "other_offers": [offer for offer in offers if not offer.is_next],
            "roll": self.roll() if Action.OPEN_RATING in {offer.action for offer in offers} else None,
            "may_revise": row.state == State.PLANNED and user_can_manage_appraisal(user, row.division),
            "history": self.history() if may_see_result else [],
        }

    def offers(self, refused: tuple[Action, StepForm] | None) -> list[Offer]:
        row = self.appraisal
        open_now = actions_open_to(self.request.user, row)
        found = []
        for action, kind in FORMS.items():
            is_refused = refused is not None and refused[0] == action
            if not is_refused and (action not in open_now or not self.is_offered(action)):
                continue
            form = refused[1] if refused and is_refused else kind(appraisal=row, prefix=action.value)
            is_next = is_refused or action in NEXT.get(State(row.state), ())
            found.append(Offer(action, form, is_refused or is_next, is_next))
        return found

    def is_offered(self, action: Action) -> bool:
        """No page offers what would be refused whatever is typed."""
        row = self.appraisal
        if action == Action.PUBLISH_REPORT:
            return row.has_report
        if action == Action.PUBLISH_RESULT:
            return not publish_obstacles(row)
        if action == Action.RECORD_CONSENT:
            return row.consent_on is None
        if action == Action.CONFIRM_RESULT:
            return not self.is_own_count
        if action == Action.CONFIRM_RECEIPT:
            return row.dispatches.filter(filing__received_on=None).exists()
        if action == Action.COUNT_PAPER:
            return self.on_paper > 0 and paper_agreed(row.rating_round) is None
        if action == Action.HAND_OUT_PAPER:
            return bool(row.rating_round.is_open) and not row.rating_round.paper_counts.exists()
        return True

    @property
    def is_own_count(self) -> bool:
        """Who ended the rating or counted its paper does not confirm the result."""
        row, user = self.appraisal, self.request.user
        return row.counted_by_id == user.pk or has_counted_paper(row.rating_round, user)

    @property
    def on_paper(self) -> int:
        return Rater.objects.filter(round=self.appraisal.round, channel=Channel.PAPER).count()

    def roll(self) -> dict[str, int]:
        """The members who would be asked if the rating opened now."""
        asked, left_out = members_who_rate(self.appraisal)
        return {"asked": len(asked), "left_out": left_out}

    def rating(self) -> dict[str, Any]:
        """Who has taken part is never listed here; how many is no secret to who runs it."""
        raters = Rater.objects.filter(round=self.appraisal.round)
        counts = list(self.appraisal.rating_round.paper_counts.select_related("entered_by"))
        return {
            "roll": self.appraisal.rating_round.roll_size,
            "answered": raters.exclude(answered_on=None).count(),
            "on_paper": self.on_paper,
            "counters": [str(count.entered_by.get_full_name()) for count in counts],
            "has_agreed": paper_agreed(self.appraisal.rating_round) is not None,
            "disagrees": len(counts) > 1 and paper_agreed(self.appraisal.rating_round) is None,
        }

    def obstacles(self) -> list[str]:
        row, state = self.appraisal, State(self.appraisal.state)
        if state is State.PLANNED and not row.has_report:
            return [_("被评议单位还没有提交书面报告。")]
        if state is State.RESULT_CONFIRMED:
            return archive_obstacles(row)
        if state is State.COUNTED and self.is_own_count:
            return [_("您结束了测评或者录入了计票结果，请由主任或者工委另一人确认结果。")]
        return publish_obstacles(row) if state is State.DISPATCHED else []

    def history(self) -> list[dict[str, Any]]:
        entries = history_of(services.SUBJECT_KIND, str(self.appraisal.pk))
        labels = {action.value: label for action, label in ACTION_LABELS.items()}
        return [{"at": each.at, "verb": labels.get(each.verb, each.verb), "reason": each.reason} for each in entries]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = request.POST.get("step", "")
        action = Action(name) if name in list(Action) and Action(name) in FORMS else None
        if action is None:
            messages.error(request, _("请选择要办理的步骤。"))
            return self.render_to_response(self.get_context_data(), status=422)
        if not user_can_do(request.user, action, self.appraisal):
            messages.error(request, refused_person(action))
            return self.render_to_response(self.get_context_data(), status=403)
        form = FORMS[action](request.POST, request.FILES, appraisal=self.appraisal, prefix=action.value)
        if not form.is_valid():
            return self.refused(action, form, _("没有保存，请看“%s”的提示。") % ACTION_LABELS[action])
        try:
            RUN[action](appraisal=self.appraisal, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return self.refused(action, form, str(refusal.message))
        messages.success(request, _("%s，已完成。") % ACTION_LABELS[action])
        return redirect("oversight_admin:appraisal", pk=self.appraisal.pk)

    def refused(self, action: Action, form: StepForm, sentence: str) -> HttpResponse:
        """The page again with what was typed."""
        messages.error(self.request, sentence)
        del self.__dict__["appraisal"]  # the refused step may have changed the row in memory
        return self.render_to_response(self.get_context_data((action, form)), status=422)


class ScanView(OneAppraisal, View):
    """The scan of one dispatch, as a download."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, recipient: str) -> HttpResponseBase:
        row: OfficeAppraisal = self.appraisal
        found = row.dispatches.select_related("filing").filter(recipient=recipient).first()
        if found is None or not found.filing.scan or not user_can_view_result(request.user, row):
            raise Http404
        ending = str(found.filing.scan.name).rsplit(".", 1)[-1]
        response = pdf_response(found.filing.scan, f"dispatch-{row.pk}-{found.pk}.{ending}")
        response["Cache-Control"] = "private, no-store"
        return response


def may_read_result(user: Any, appraisal: OfficeAppraisal) -> None:
    """The result sheet is for who may see the counts. PermissionDenied otherwise."""
    if not user_can_view_result(user, appraisal):
        raise PermissionDenied
