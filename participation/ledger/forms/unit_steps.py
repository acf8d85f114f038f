"""What a unit does with an item, or the committee enters from its paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.selectors import units_of

from ..models import Commitment, Contact, Feedback, HandlingPhoto, Reply
from ..selectors.desk import waiting_helpers
from ..selectors.sending import letter_obstacle
from ..selectors.templates import templates_for
from .acting import ActionForm, DayForm, party_label
from .photos import PhotosForm
from .pieces import PhotosField, SomeChoiceField, day_field, words_field
from .promises import PromisesForm


class SignForForm(DayForm):
    @property
    def is_offered(self) -> bool:
        """Not before the opinion letter has left (X23)."""
        return not letter_obstacle(self.item)


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


class ProgressForm(PhotosForm):
    text = words_field(_("办理进展（公开）"), rows=4, message=_("请填写办理进展。"))
    on = day_field(_("日期（不填为今天）"))

    def prepare(self) -> None:
        self.add_photo_rows()


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


class DraftReplyForm(PromisesForm):
    template = SomeChoiceField(label=_("答复模板（可不用）"), required=False)
    field_order = ["kind", "template", "text", "dropped"]

    def prepare(self) -> None:
        templates = templates_for(self.item)
        if templates:
            self.field("template").offer(templates, lambda row: row.name)
        else:
            del self.fields["template"]
        draft = Reply.objects.filter(item=self.item, leg=self.item.leg, signed_on=None).first()
        if draft:
            self.fields["kind"].initial, self.fields["text"].initial = draft.kind, draft.text
        self.add_rows(list(draft.commitments.all()) if draft else [])
        photos = draft.photos.all() if draft else HandlingPhoto.objects.none()
        if photos:
            self.fields["dropped"] = PhotosField(label=_("删去已附的照片"), required=False, queryset=photos)

    @property
    def has_templates(self) -> bool:
        return "template" in self.fields


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
