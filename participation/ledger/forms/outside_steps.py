"""What the committee does with what no unit of ours handles: deputies' suggestions and 12345."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import REPLY_KINDS, AskedDeputy, MatterLevel
from ..selectors.suggestions import asked_now, deputies_to_ask, needs_meeting, report_obstacles, waiting_answers
from ..states import ReplyKind, Routing, State
from .acting import ActionForm, ReasonForm
from .pieces import DeputiesField, SomeChoiceField, day_field, words_field
from .promises import PromisesForm


class SuggestForm(ActionForm):
    """Only for a matter of an upper level; the deputies are of one level."""

    deputies = DeputiesField(label=_("商请的代表（同一层级）"))
    text = words_field(_("商请内容"), rows=5, message=_("请填写商请内容。"))
    letter_number = forms.CharField(label=_("商请函文号（没有的不填）"), required=False, max_length=80)
    on = day_field(_("商请日期（不填为今天）"))
    precheck_on = day_field(_("提出前沟通协调日期（没有的不填）"))
    precheck = forms.CharField(label=_("提出前沟通协调事项"), required=False, max_length=100)

    def prepare(self) -> None:
        self.field("deputies").offer(deputies_to_ask(self.item))

    @property
    def is_offered(self) -> bool:
        return bool(self.item.matter_level == MatterLevel.UPPER)


class AskMoreForm(ActionForm):
    deputies = DeputiesField(label=_("增加商请的代表"))
    on = day_field(_("商请日期（不填为今天）"))

    def prepare(self) -> None:
        self.field("deputies").offer(deputies_to_ask(self.item))

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("deputies").queryset))


class _AnswerForm(ActionForm):
    asked = SomeChoiceField(label=_("人大代表"), error_messages={"required": _("请选择代表。")})

    def rows(self) -> Any:
        return asked_now(self.item).exclude(state=AskedDeputy.State.PROPOSED)

    def prepare(self) -> None:
        self.field("asked").offer(self.rows(), lambda row: str(row.deputy))

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("asked").queryset))


class ProposeForm(_AnswerForm):
    outside_number = forms.CharField(
        label=_("代表建议编号"), max_length=60, error_messages={"required": _("请填写代表建议编号。")}
    )
    on = day_field(_("提出日期（不填为今天）"))


class DeclineForm(_AnswerForm):
    reason = words_field(_("不提出的理由（不公开）"), message=_("请说明不提出的理由。"))

    def rows(self) -> Any:
        return waiting_answers(self.item)


class OutsideReplyForm(PromisesForm):
    """What came back; of a suggestion with the meeting and the two written reports."""

    unit_name = forms.CharField(label=_("答复单位"), max_length=120, error_messages={"required": _("请填写答复单位。")})
    on = day_field(_("答复日期（不填为今天）"))
    field_order = ["unit_name", "on", "kind", "text"]

    def prepare(self) -> None:
        if self.item.routing == Routing.DEPUTIES:
            is_needed = needs_meeting(self.item)
            words = _("办理单位与代表见面沟通的日期") if is_needed else _("办理单位与代表见面沟通的日期（没有的不填）")
            self.fields["met_on"] = day_field(words, is_required=is_needed)
            self.fields["reported_to_committee_on"] = day_field(_("书面报告人大街道工委的日期（以后可以补登）"))
            self.fields["reported_to_congress_on"] = day_field(_("书面报告人大常委会的日期（以后可以补登）"))
        self.add_rows()


class ConcludeForm(ActionForm):
    kind = forms.ChoiceField(
        label=_("答复类别"),
        choices=[
            ("", _("请选择")),
            *(pair for pair in REPLY_KINDS if pair[0] in {ReplyKind.CANNOT, ReplyKind.REFERENCE}),
        ],
        error_messages={"required": _("请选择答复类别。")},
    )
    text = words_field(_("向提出人说明（公开）"), rows=6, message=_("请填写答复内容。"))

    @property
    def is_offered(self) -> bool:
        return not waiting_answers(self.item).exists()


class WrittenReportForm(ActionForm):
    to = forms.ChoiceField(
        label=_("报告对象"), choices=[("committee", _("人大街道工委")), ("congress", _("人大常委会"))]
    )
    on = day_field(_("报告日期（不填为今天）"))

    @property
    def is_offered(self) -> bool:
        return self.item.routing == Routing.DEPUTIES and bool(
            self.item.state == State.PROPOSED or report_obstacles(self.item)
        )


class HotlineForm(ReasonForm):
    ticket_number = forms.CharField(
        label=_("12345工单号"), max_length=60, error_messages={"required": _("请填写12345工单号。")}
    )


class TakeBackForm(ReasonForm):
    reason = words_field(_("收回的理由（公开）"), message=_("请填写理由。"))


class RouteAnewForm(ReasonForm):
    reason = words_field(_("重新研究去向的理由（公开）"), message=_("请填写理由。"))
