"""The desk's list of messages, and one message with the steps that are open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from liaison_stations.records.rules.diversion import CHANNELS, channels_hinted_at
from participation.moderation.rules import Refused
from portal.accounts.rules import normalised_phone
from portal.encryption.services import blind_indexes
from portal.lookup.rules import asked_number
from portal.trail.selectors import history_of

from .. import services
from ..forms import AnswerForm, DivertForm, FilterForm, OpenForm, PassOnForm, ProposeForm, RejectForm, StepForm
from ..models import DeputyMessage
from ..permissions import user_can_handle_message
from ..selectors import deputies_for, messages_in_scope, task_counts
from ..states import Action, State, actions_from
from .access import DeskOnly, start_item

PER_PAGE = 30
FORMS: dict[Action, tuple[type[StepForm], Any]] = {
    Action.ANSWER: (AnswerForm, gettext_lazy("答复")),
    Action.PASS_ON: (PassOnForm, gettext_lazy("转给代表")),
    Action.OPEN_ITEM: (OpenForm, gettext_lazy("转入台账")),
    Action.PROPOSE: (ProposeForm, gettext_lazy("作为居民建议提出")),
    Action.DIVERT: (DivertForm, gettext_lazy("不属于受理范围，告知渠道")),
    Action.REJECT: (RejectForm, gettext_lazy("不予受理")),
}
RUN: dict[Action, Callable[..., Any]] = {
    Action.ANSWER: services.answer_message,
    Action.PASS_ON: services.pass_message_on,
    Action.OPEN_ITEM: services.open_message_as_item,
    Action.PROPOSE: services.open_message_as_proposal,
    Action.DIVERT: services.divert_message,
    Action.REJECT: services.reject_message,
}
VERBS = {
    "leave": gettext_lazy("留言"), "view_contact": gettext_lazy("查看手机号"),
    "text_sender": gettext_lazy("短信告知留言人"),
    **{action.value: label for action, (_form, label) in FORMS.items()},
}  # fmt: skip
CONTACT = "view_contact"


class MessageListView(DeskOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "deputy_messages/admin/message_list.html"
    header_icon = "mail"

    def get_page_title(self) -> str:
        return _("留言")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("留言")}]

    def rows(self, asked: dict[str, str]) -> Any:
        rows = messages_in_scope(self.request.user)
        today = timezone.localdate()
        if asked.get("state") == "overdue":
            rows = rows.overdue(today)
        elif asked.get("state") == "soon":
            rows = rows.due_soon(today, today + timedelta(days=3))
        elif asked.get("state") == "waiting":
            rows = rows.waiting()
        elif state := asked.get("state"):
            rows = rows.filter(state=state)
        if words := asked.get("q", ""):
            number, phone = asked_number(words), normalised_phone(words)
            wanted = Q(number=number.number) if number and number.number else Q(last_six=words.strip()[-6:])
            if len(phone) == 11 and phone.isdecimal():  # a whole number only: it is found by its index
                wanted |= Q(phone_index__in=blind_indexes(phone, "contact_phone"))
            rows = rows.filter(wanted)
        return rows.order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FilterForm(self.request.GET or None)
        asked = form.asked() if form.is_bound else {}
        page = Paginator(self.rows(asked), PER_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "is_filtered": bool(asked),
            "query": query.urlencode(),
            **task_counts(self.request.user),
        }


class MessageView(DeskOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "deputy_messages/admin/message_desk.html"
    header_icon = "mail"

    @cached_property
    def message(self) -> DeputyMessage:
        found: DeputyMessage = get_object_or_404(messages_in_scope(self.request.user), number=self.kwargs["number"])
        return found

    def get_page_title(self) -> str:
        return str(self.message)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": self.message.number}]

    def open_steps(self) -> list[Action]:
        if not user_can_handle_message(self.request.user, self.message):
            return []
        allowed = actions_from(State(self.message.state))
        return [action for action in FORMS if action in allowed]

    def form_of(self, step: Action, data: Any = None) -> StepForm:
        more: dict[str, Any] = {}
        if step == Action.PASS_ON:
            more["deputies"] = deputies_for(self.message)
        if step == Action.PROPOSE:
            more["initial"] = {"body": self.message.body}
        return FORMS[step][0](data, prefix=step.value, **more)

    def get_context_data(
        self, refused: tuple[Action, StepForm] | None = None, shows_contact: bool = False, **kwargs: Any
    ) -> dict[str, Any]:
        row = self.message
        offers = [
            {
                "step": step.value,
                "label": FORMS[step][1],
                "form": refused[1] if refused and refused[0] == step else self.form_of(step),
                "is_open": bool(refused and refused[0] == step),
            }
            for step in self.open_steps()
        ]
        hints = channels_hinted_at(row.body) if row.is_waiting else []
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
        wanted = request.POST.get("step", "")
        if wanted == CONTACT:
            services.view_contact(message=self.message, by=request.user)
            return self.render_to_response(self.get_context_data(shows_contact=True))
        step = next((each for each in self.open_steps() if each.value == wanted), None)
        if step is None:
            messages.error(request, _("这一步现在不能办理。"))
            return self.render_to_response(self.get_context_data(), status=422)
        form = self.form_of(step, request.POST)
        if form.is_valid():
            try:
                RUN[step](message=self.message, by=request.user, **form.facts())
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("%s，已完成。") % FORMS[step][1])
                return redirect("messages_admin:message", number=self.message.number)
        messages.error(request, _("没有保存，请看“%s”的提示。") % FORMS[step][1])
        return self.render_to_response(self.get_context_data(refused=(step, form)), status=422)
