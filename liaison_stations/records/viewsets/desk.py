"""One record: facts, and a form for everything that this person may do now."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from portal.trail.selectors import history_of

from .. import services
from ..forms import AnswerForm, DivertForm, OpenForm, ProposeForm, ReviseForm, StepForm, VoidForm
from ..permissions import user_can_keep_records
from ..rules.diversion import CHANNELS, channels_hinted_at
from ..states import Action, State, actions_from
from .access import OneRecord, communities_of, deputies_of, start_item

FORMS: dict[Action, tuple[type[StepForm], Any]] = {
    Action.ANSWER: (AnswerForm, gettext_lazy("当场答复")),
    Action.OPEN_ITEM: (OpenForm, gettext_lazy("转入台账")),
    Action.PROPOSE: (ProposeForm, gettext_lazy("作为居民建议提出")),
    Action.DIVERT: (DivertForm, gettext_lazy("不属于受理范围，告知渠道")),
    Action.REVISE: (ReviseForm, gettext_lazy("修改")),
    Action.VOID: (VoidForm, gettext_lazy("作废")),
}
RUN: dict[Action, Callable[..., Any]] = {
    Action.ANSWER: services.answer_on_the_spot,
    Action.OPEN_ITEM: services.open_as_item,
    Action.PROPOSE: services.open_as_proposal,
    Action.DIVERT: services.divert_record,
    Action.REVISE: services.revise_record,
    Action.VOID: services.void_record,
}
VERBS = {
    "record": gettext_lazy("登记"), "view_contact": gettext_lazy("查看姓名和电话"),
    **{action.value: label for action, (_form, label) in FORMS.items()},
}  # fmt: skip
CONTACT = "view_contact"


class RecordView(OneRecord, WagtailAdminTemplateMixin, TemplateView):
    template_name = "records/admin/record_detail.html"
    header_icon = "form"

    def get_page_title(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        session = self.record.session
        day = {"url": reverse("records_admin:day", args=[session.key]), "label": str(session)}
        return [*self.breadcrumbs_items, start_item(), day, {"url": "", "label": self.record.number}]

    def open_steps(self) -> list[Action]:
        if not user_can_keep_records(self.request.user, self.record.division):
            return []
        allowed = actions_from(State(self.record.state))
        return [action for action in FORMS if action in allowed]

    def form_of(self, step: Action, data: Any = None) -> StepForm:
        extra: dict[str, Any] = {}
        if step == Action.REVISE:
            session = self.record.session
            extra = {"communities": communities_of(session), "deputies": deputies_of(session)}
        return FORMS[step][0](data, record=self.record, prefix=step.value, **extra)

    def get_context_data(
        self, refused: tuple[Action, StepForm] | None = None, shows_contact: bool = False, **kwargs: Any
    ) -> dict[str, Any]:
        row = self.record
        offers = [
            {
                "step": step.value,
                "label": FORMS[step][1],
                "form": refused[1] if refused and refused[0] == step else self.form_of(step),
                "is_open": bool(refused and refused[0] == step),
            }
            for step in self.open_steps()
        ]
        hints = channels_hinted_at(row.said) if row.state == State.RECORDED else []
        return {
            **super().get_context_data(**kwargs),
            "row": row,
            "offers": offers,
            "shows_contact": shows_contact,
            "hints": [CHANNELS[key] for key in hints],
            "channel": CHANNELS.get(row.diverted_to),
            "history": [
                {"at": entry.at, "verb": VERBS.get(entry.verb, entry.verb)}
                for entry in history_of(services.SUBJECT_KIND, row.number)
            ],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_keep_records(request.user, self.record.division):
            raise PermissionDenied
        wanted = request.POST.get("step", "")
        if wanted == CONTACT:
            services.view_contact(record=self.record, by=request.user)
            return self.render_to_response(self.get_context_data(shows_contact=True))
        step = next((each for each in self.open_steps() if each.value == wanted), None)
        if step is None:
            messages.error(request, _("这一步现在不能办理。"))
            return self.render_to_response(self.get_context_data(), status=422)
        form = self.form_of(step, request.POST)
        if form.is_valid():
            try:
                RUN[step](record=self.record, by=request.user, **form.facts())
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("%s，已完成。") % FORMS[step][1])
                return redirect("records_admin:record", number=self.record.number)
        messages.error(request, _("没有保存，请看“%s”的提示。") % FORMS[step][1])
        return self.render_to_response(self.get_context_data((step, form)), status=422)
