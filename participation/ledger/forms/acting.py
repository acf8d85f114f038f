"""One form for each thing that staff do with an item. What must hold is asked by the service; here only the shape."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import masked_name
from portal.accounts.selectors import units_of

from ..models import (
    REPLY_KINDS,
    Category,
    Commitment,
    Contact,
    Extension,
    Feedback,
    LedgerItem,
    MatterLevel,
    Objection,
    Party,
    Priority,
    Reply,
)
from ..selectors.desk import units_for, waiting_helpers
from ..selectors.templates import templates_for
from ..states import Action
from .pieces import ScanField, SomeChoiceField, UnitChoiceField, day_field, words_field

NOTE = "note"  # 内部备注: no transition
ENTER_RATING = "enter_rating"  # 代填评价: RATE by the committee, for somebody without an account
CO_ROWS = 3
COMMITMENT_ROWS = 3
MORE_ROWS = 3
MOST_ROWS = 30


def party_label(party: Party) -> str:
    name = party.user.get_full_name() if party.user else str(party.name)
    return f"{party.get_capacity_display()} {masked_name(name) or _('未留姓名')}"


class ActionForm(forms.Form):
    """`version` is what the page showed; with `is_proxy` the unit's paper is asked for (由工委代录)."""

    use_required_attribute = False
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: LedgerItem, user: Any = None, is_proxy: bool = False, **kwargs: Any) -> None:
        self.item, self.user, self.is_proxy = item, user, is_proxy
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.prepare()
        if is_proxy:
            self.fields["paper_on"] = day_field(_("单位书面材料的日期"), is_required=True)
            self.fields["scan"] = ScanField(required=False)
            if item.scans.exists():
                self.fields["earlier_scan"] = SomeChoiceField(label=_("或者用已上传的材料"), required=False)
                self.fields["earlier_scan"].offer(  # type: ignore[attr-defined]  # our field, typed as any Field
                    item.scans.all(), lambda scan: f"{scan.on:%Y-%m-%d} {scan.name}"
                )

    def prepare(self) -> None:
        """Fill in the choices from the item."""

    @property
    def is_offered(self) -> bool:
        """False where there is nothing to decide on."""
        return True

    @property
    def lines(self) -> list[Any]:
        """The fields to be shown one below the other."""
        return [field for field in self.visible_fields() if field.name not in self.in_rows]

    in_rows: frozenset[str] = frozenset()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_proxy and not cleaned.get("scan") and not cleaned.get("earlier_scan") and "scan" not in self.errors:
            self.add_error("scan", _("请上传单位的书面材料（盖章扫描件），代录以它为准。"))
        return cleaned

    def field(self, name: str) -> Any:
        return self.fields[name]


class ReasonForm(ActionForm):
    reason = words_field(_("理由"), message=_("请填写理由。"))


class OptionalReasonForm(ActionForm):
    reason = words_field(_("说明（可不填）"), is_required=False, rows=2)


class DayForm(ActionForm):
    on = day_field(_("日期（不填为今天）"))


class ClassifyForm(ActionForm):
    category = forms.ChoiceField(label=_("类别"), choices=Category.choices)
    matter_level = forms.ChoiceField(label=_("事权"), choices=MatterLevel.choices)
    priority = forms.ChoiceField(label=_("等次"), choices=Priority.choices)
    community = SomeChoiceField(label=_("社区（村）"), required=False, empty_label=_("不限社区"))

    def prepare(self) -> None:
        self.field("community").offer(self.item.division.children.order_by("path"), lambda place: place.name)
        for name in ("category", "matter_level", "priority"):
            self.fields[name].initial = getattr(self.item, name)
        self.fields["community"].initial = self.item.community_id


class AssignForm(ActionForm):
    unit = UnitChoiceField(label=_("承办单位"), error_messages={"required": _("请选择承办单位。")})
    owner_name = forms.CharField(
        label=_("责任人"),
        max_length=60,
        error_messages={"required": _("请填写责任人：“明确承办单位、责任分工和完成时限”。")},
    )
    on = day_field(_("交办日期（不填为今天）"))
    note = words_field(_("交办意见（可不填）"), is_required=False, rows=2)

    def prepare(self) -> None:
        units = units_for(self.item)
        self.field("unit").queryset = units
        self.fields["owner_name"].initial = self.item.owner_name
        for number in range(1, CO_ROWS + 1):
            label = {"number": number}
            self.fields[f"co_{number}"] = UnitChoiceField(
                label=_("协办单位%(number)d（可不选）") % label, required=False, queryset=units
            )
            self.fields[f"co_{number}_due_on"] = day_field(_("协办单位%(number)d的时限") % label)

    def co_units(self) -> list[tuple[Any, Any]]:
        numbers = range(1, CO_ROWS + 1)
        pairs = [(self.cleaned_data.get(f"co_{n}"), self.cleaned_data.get(f"co_{n}_due_on")) for n in numbers]
        return [(unit, due_on) for unit, due_on in pairs if unit]


class AddCoUnitForm(ActionForm):
    unit = UnitChoiceField(label=_("协办单位"), error_messages={"required": _("请选择协办单位。")})
    due_on = day_field(_("协办时限（可不填）"))

    def prepare(self) -> None:
        self.field("unit").queryset = units_for(self.item)


class CoReplyForm(ActionForm):
    assignment = SomeChoiceField(label=_("协办单位"), error_messages={"required": _("请选择协办单位。")})
    opinion = words_field(_("办理意见"), message=_("请填写办理意见。"))

    def prepare(self) -> None:
        rows = waiting_helpers(self.item)
        if not self.is_proxy and not self.user.is_superuser:
            rows = rows.filter(unit__in=[unit.pk for unit in units_of(self.user)])
        self.field("assignment").offer(rows, lambda row: row.unit.name)

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("assignment").queryset))


class ProgressForm(ActionForm):
    text = words_field(_("办理进展（公开）"), rows=4, message=_("请填写办理进展。"))
    on = day_field(_("日期（不填为今天）"))


class ContactForm(ActionForm):
    way = forms.ChoiceField(
        label=_("沟通方式"),
        choices=[("", _("请选择")), *Contact.Way.choices],
        error_messages={"required": _("请选择沟通方式。")},
    )
    party = SomeChoiceField(label=_("提出人"), required=False, empty_label=_("全体提出人"))
    on = day_field(_("日期（不填为今天）"))
    by_name = forms.CharField(label=_("沟通人"), required=False, max_length=60)
    note = words_field(_("情况（不公开）"), is_required=False)

    def prepare(self) -> None:
        self.field("party").offer(self.item.parties.select_related("user"), party_label)


class RequestExtensionForm(ActionForm):
    until = day_field(_("延至"), is_required=True)
    reason = words_field(_("延期理由"), message=_("请填写延期理由。"))


class DecideExtensionForm(ActionForm):
    extension = SomeChoiceField(label=_("延期申请"))
    reason = words_field(_("批准意见（可不填）"), is_required=False, rows=2)

    def prepare(self) -> None:
        rows = self.item.extensions.filter(state=Extension.State.REQUESTED)
        self.field("extension").offer(rows, lambda row: f"{row.until:%Y-%m-%d} {row.reason[:40]}")

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("extension").queryset))


class RefuseExtensionForm(DecideExtensionForm):
    reason = words_field(_("不批准的理由"), message=_("请填写理由。"), rows=2)


class DraftReplyForm(ActionForm):
    """The reply and, for 已列计划, what is promised by when; more rows on demand, with scripts off too."""

    kind = forms.ChoiceField(
        label=_("答复类别"),
        choices=[("", _("请选择")), *REPLY_KINDS],
        error_messages={"required": _("请选择答复类别。")},
    )
    template = SomeChoiceField(label=_("答复模板（可不用）"), required=False)
    text = words_field(_("答复内容"), rows=8, message=_("请填写答复内容。"))

    def prepare(self) -> None:
        templates = templates_for(self.item)
        if templates:
            self.field("template").offer(templates, lambda row: row.name)
        else:
            del self.fields["template"]
        draft = Reply.objects.filter(item=self.item, leg=self.item.leg, signed_on=None).first()
        promised = list(draft.commitments.all()) if draft else []
        if draft:
            self.fields["kind"].initial, self.fields["text"].initial = draft.kind, draft.text
        self.rows = max(len(promised), self._asked_rows(), COMMITMENT_ROWS)
        for number in range(1, self.rows + 1):
            row = promised[number - 1] if number <= len(promised) else None
            self.fields[f"commitment_{number}"] = forms.CharField(
                label=_("承诺事项%d") % number, required=False, max_length=300, initial=row.text if row else ""
            )
            self.fields[f"commitment_{number}_due_on"] = day_field(_("承诺事项%d的落实时限") % number)
            self.fields[f"commitment_{number}_due_on"].initial = row.due_on if row else None
        self.in_rows = frozenset(name for name in self.fields if name.startswith("commitment_"))

    def _asked_rows(self) -> int:
        asked = str(self.data.get(self.add_prefix("rows"), "")) if self.is_bound else ""
        return min(int(asked), MOST_ROWS) if asked.isascii() and asked.isdigit() else 0

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"commitment_{n}"], self[f"commitment_{n}_due_on"]) for n in range(1, self.rows + 1)]

    @property
    def has_templates(self) -> bool:
        return "template" in self.fields

    @property
    def more_rows(self) -> int:
        return min(self.rows + MORE_ROWS, MOST_ROWS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(1, self.rows + 1):
            words, due_on = cleaned.get(f"commitment_{number}"), f"commitment_{number}_due_on"
            if words and not cleaned.get(due_on) and due_on not in self.errors:
                self.add_error(due_on, _("请填写落实时限。"))
            if cleaned.get(due_on) and not words:
                self.add_error(f"commitment_{number}", _("请填写承诺事项。"))
        return cleaned

    def commitments(self) -> list[tuple[str, Any]]:
        cleaned, numbers = self.cleaned_data, range(1, self.rows + 1)
        return [
            (cleaned[f"commitment_{n}"], cleaned[f"commitment_{n}_due_on"])
            for n in numbers
            if cleaned[f"commitment_{n}"]
        ]


class SignReplyForm(DayForm):
    signer_name = forms.CharField(label=_("签发人姓名"), required=False, max_length=60)


class CorrectReplyForm(ActionForm):
    reply = SomeChoiceField(label=_("答复"))
    text = words_field(_("更正内容（公开，注明日期，原文保留）"), message=_("请填写更正内容。"))

    def prepare(self) -> None:
        rows = self.item.replies.filter(signed_on__isnull=False).order_by("-leg")
        self.field("reply").offer(rows, lambda row: f"{row.signed_on:%Y-%m-%d} {row.get_kind_display()}")

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("reply").queryset))


class FeedbackForm(ActionForm):
    party = SomeChoiceField(label=_("提出人"), error_messages={"required": _("请选择提出人。")})
    way = forms.ChoiceField(
        label=_("反馈方式"),
        choices=[("", _("请选择")), *(pair for pair in Feedback.Way.choices if pair[0] != Feedback.Way.SITE.value)],
        error_messages={"required": _("请选择反馈方式。")},
    )
    note = forms.CharField(label=_("情况"), required=False, max_length=200)

    def prepare(self) -> None:
        reply = Reply.objects.filter(item=self.item, leg=self.item.leg).first()
        rows = self.item.parties.select_related("user").exclude(feedbacks__reply=reply)
        self.field("party").offer(rows, party_label)

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("party").queryset))


class CommitmentForm(ActionForm):
    commitment = SomeChoiceField(label=_("承诺事项"), error_messages={"required": _("请选择承诺事项。")})
    note = words_field(_("落实情况（公开）"), message=_("请填写落实情况。"))

    def prepare(self) -> None:
        rows = self.item.commitments.filter(state=Commitment.State.OPEN, reply__signed_on__isnull=False)
        self.field("commitment").offer(rows, lambda row: f"{row.due_on:%Y-%m-%d} {row.text[:60]}")

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("commitment").queryset))


class WithdrawCommitmentForm(CommitmentForm):
    note = words_field(_("撤回的理由（公开）"), message=_("请填写撤回的理由。"))


class CloseOffForm(ActionForm):
    evidence = words_field(_("核查情况（公开）"), message=_("请填写核查情况。"))


class ObjectionForm(ActionForm):
    objection = SomeChoiceField(label=_("异议"))
    reason = words_field(_("处理意见（公开）"), message=_("请填写理由。"))

    def prepare(self) -> None:
        rows = self.item.objections.filter(state=Objection.State.OPEN)
        self.field("objection").offer(rows, lambda row: f"{row.raised_on:%Y-%m-%d} {row.reason[:60]}")

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("objection").queryset))


class HotlineForm(ReasonForm):
    ticket_number = forms.CharField(
        label=_("12345工单号"), max_length=60, error_messages={"required": _("请填写12345工单号。")}
    )


class RemindForm(ActionForm):
    reason = words_field(_("催办意见"), rows=2, message=_("请填写催办意见。"))
    is_supervision = forms.BooleanField(label=_("作为重点督办"), required=False)


class HideForm(ReasonForm):
    @property
    def is_offered(self) -> bool:
        return self.item.is_public


class RestoreForm(ReasonForm):
    @property
    def is_offered(self) -> bool:
        return self.item.hidden_at is not None


class NoteForm(ActionForm):
    text = words_field(_("内部备注（不公开）"), message=_("请填写备注。"))


class RatingForm(ActionForm):
    """What somebody without an account said of the reply."""

    party = SomeChoiceField(label=_("提出人"), error_messages={"required": _("请选择提出人。")})
    value = forms.ChoiceField(
        label=_("满意度"),
        choices=[
            ("", _("请选择")),
            ("satisfied", _("满意")),
            ("basically_satisfied", _("基本满意")),
            ("dissatisfied", _("不满意")),
        ],
        error_messages={"required": _("请选择满意、基本满意或不满意。")},
    )
    reason = words_field(_("理由（不满意的须填写）"), is_required=False)

    def prepare(self) -> None:
        self.field("party").offer(self.item.parties.filter(user=None), party_label)

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("party").queryset))


FORMS: dict[str, type[ActionForm]] = {
    Action.CLASSIFY.value: ClassifyForm,
    Action.ASSIGN.value: AssignForm,
    Action.SIGN_FOR.value: DayForm,
    Action.RETURN.value: ReasonForm,
    Action.ADD_CO_UNIT.value: AddCoUnitForm,
    Action.CO_REPLY.value: CoReplyForm,
    Action.CONTACT.value: ContactForm,
    Action.NOTE_PROGRESS.value: ProgressForm,
    Action.DRAFT_REPLY.value: DraftReplyForm,
    Action.SIGN_REPLY.value: SignReplyForm,
    Action.SEND_BACK_REPLY.value: ReasonForm,
    Action.FEED_BACK.value: FeedbackForm,
    Action.COMPLETE.value: DayForm,
    Action.CLOSE_OFF.value: CloseOffForm,
    Action.DECIDE_REWORK.value: ReasonForm,
    Action.DECIDE_TO_KEEP.value: ReasonForm,
    Action.APPROVE_EXTENSION.value: DecideExtensionForm,
    Action.REFUSE_EXTENSION.value: RefuseExtensionForm,
    Action.ACCEPT_OBJECTION.value: ObjectionForm,
    Action.REFUSE_OBJECTION.value: ObjectionForm,
    Action.DELIVER_COMMITMENT.value: CommitmentForm,
    Action.WITHDRAW_COMMITMENT.value: WithdrawCommitmentForm,
    Action.REQUEST_EXTENSION.value: RequestExtensionForm,
    Action.REMIND.value: RemindForm,
    Action.PAUSE.value: ReasonForm,
    Action.RESUME.value: OptionalReasonForm,
    Action.CORRECT_REPLY.value: CorrectReplyForm,
    Action.HAND_TO_HOTLINE.value: HotlineForm,
    Action.HIDE.value: HideForm,
    Action.RESTORE.value: RestoreForm,
    Action.VOID.value: ReasonForm,
    ENTER_RATING: RatingForm,
    NOTE: NoteForm,
}
