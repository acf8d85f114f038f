"""The forms of staff, one for each verb. What must hold is asked by the service; here only the shape."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import Rater
from participation.filings.models import Recipient
from portal.accounts.models import HandlingUnit

from ..models import OfficeAppraisal
from ..rules import APPRAISED_KINDS, DISPATCHES
from ..states import Action


def day_field(label: Any, *, is_required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请填写日期。"), "invalid": _("日期应写作 2026-03-10 的样子。")},
    )


def words_field(label: Any, *, length: int, is_required: bool = True, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=length,
        widget=widget,
        error_messages={"required": _("请填写%s。") % label},
    )


def number_field(label: Any, *, is_required: bool = True, initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=is_required,
        min_value=0,
        max_value=100_000,
        initial=initial,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("请填写%s。") % label, "invalid": _("请填写整数。")},
    )


class UnitField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=HandlingUnit.objects.none(),
            label=_("被评议单位"),
            empty_label=_("请选择"),
            error_messages={"required": _("请选择被评议单位。"), "invalid_choice": _("请选择被评议单位。")},
            **kwargs,
        )

    def label_from_instance(self, obj: HandlingUnit) -> str:
        return f"{obj.name}（{obj.division.name}，{obj.get_kind_display()}）"


class PlanForm(forms.Form):
    """The subdistrict is the unit's own unless the unit stands above it."""

    use_required_attribute = False
    unit = UnitField()
    year = forms.IntegerField(
        label=_("年度"), min_value=2000, max_value=2100, error_messages={"required": _("请填写年度。")}
    )
    matter = words_field(_("评议内容（写工作，不写人名）"), length=100)
    plan = words_field(_("评议方案"), length=20_000, is_required=False, rows=6)
    report_due_on = day_field(_("书面报告提交期限"), is_required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        cast(UnitField, self.fields["unit"]).queryset = units.filter(is_active=True, kind__in=APPRAISED_KINDS)


class StepForm(forms.Form):
    """A step without fields: its button."""

    use_required_attribute = False

    def __init__(self, *args: Any, appraisal: OfficeAppraisal, **kwargs: Any) -> None:
        self.appraisal = appraisal
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in the choices from the appraisal."""


class ReportForm(StepForm):
    text = words_field(_("书面报告正文"), length=20_000, is_required=False, rows=10)
    upload = forms.FileField(
        label=_("书面报告文件（PDF）"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
        error_messages={"empty": _("文件是空的，请重新选择。")},
    )
    on = day_field(_("报告日期（不填为今天）"), is_required=False)

    def prepare(self) -> None:
        self.fields["text"].initial = self.appraisal.report_text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        has_file = cleaned.get("upload") or self.appraisal.report_file
        if not cleaned.get("text", "").strip() and not has_file and not self.errors:
            self.add_error("text", _("请填写书面报告正文，或者上传PDF文件。"))
        return cleaned


class MeetingForm(StepForm):
    on = day_field(_("会议日期"))
    place = words_field(_("会议地点"), length=80)
    chair = words_field(_("主持人职务（不写姓名）"), length=60)
    expected = number_field(_("应到人数"))
    attended = number_field(_("实到人数"))


class OpenRatingForm(StepForm):
    closes_on = day_field(_("测评截止日期"))

    def prepare(self) -> None:
        self.fields["closes_on"].initial = timezone.localdate()


class RollForm(StepForm):
    """The roll as a file instead of the members in office."""

    file = forms.FileField(
        label=_("名册（.xlsx 或 .csv）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请选择名册文件。"), "empty": _("文件是空的，请重新选择。")},
    )
    closes_on = day_field(_("测评截止日期"))

    def prepare(self) -> None:
        self.fields["closes_on"].initial = timezone.localdate()

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("截止日期不能早于今天。"))
        return day


class RatersField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Rater.objects.none(),
            label=_("领取纸质票的人（领取后不能再在网上测评）"),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("请选择还没有参加测评的人。"),
                "invalid_choice": _("名单有变化，请重新选择。"),
            },
            **kwargs,
        )

    def label_from_instance(self, obj: Rater) -> str:
        return str(obj.user.get_full_name() if obj.user else obj.key)


class HandOutForm(StepForm):
    raters = RatersField()

    def prepare(self) -> None:
        rows = Rater.objects.filter(round=self.appraisal.round, answered_on=None)
        cast(RatersField, self.fields["raters"]).queryset = rows.select_related("user").order_by("pk")


class PaperForm(StepForm):
    satisfied = number_field(_("满意"))
    basically = number_field(_("基本满意"))
    dissatisfied = number_field(_("不满意"))
    invalid = number_field(_("无效票"), initial=0)


class CloseForm(StepForm):
    issued = number_field(_("发出测评票（不填为名册人数）"), is_required=False)
    returned = number_field(_("收回测评票（不填为已收到的份数）"), is_required=False)


class DispatchForm(StepForm):
    recipient = forms.ChoiceField(
        label=_("报送对象"), error_messages={"required": _("请选择报送对象。"), "invalid_choice": _("请选择报送对象。")}
    )
    body = words_field(_("收文单位全称"), length=60)
    sent_on = day_field(_("报送日期"))
    number = words_field(_("报送文号"), length=60, is_required=False)
    scan = forms.FileField(
        label=_("报送件扫描件（PDF、JPG、PNG，可以不传）"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("文件是空的，请重新选择。")},
    )

    def prepare(self) -> None:
        sent = {dispatch.recipient for dispatch in self.appraisal.dispatches.all()}
        field = cast(forms.ChoiceField, self.fields["recipient"])
        labels = dict(Recipient.choices)
        field.choices = [(each, labels[each]) for each in DISPATCHES if each not in sent]
        self.fields["sent_on"].initial = timezone.localdate()


class ReceiptForm(StepForm):
    recipient = forms.ChoiceField(
        label=_("报送对象"), error_messages={"required": _("请选择报送对象。"), "invalid_choice": _("请选择报送对象。")}
    )
    received_on = day_field(_("收到日期"))
    receipt = words_field(_("回执"), length=60, is_required=False)

    def prepare(self) -> None:
        field = cast(forms.ChoiceField, self.fields["recipient"])
        waiting = [row for row in self.appraisal.dispatches.select_related("filing") if not row.filing.received_on]
        field.choices = [(row.recipient, f"{row.get_recipient_display()}：{row.filing.body}") for row in waiting]
        self.fields["received_on"].initial = timezone.localdate()


class ConsentForm(StepForm):
    on = day_field(_("街道党工委同意日期"))
    number = words_field(_("文号"), length=60)


class ArchiveForm(StepForm):
    note = words_field(_("归档说明"), length=200, is_required=False)


class CancelForm(StepForm):
    reason = words_field(_("取消的理由"), length=200)


FORMS: dict[Action, type[StepForm]] = {
    Action.SUBMIT_REPORT: ReportForm,
    Action.PUBLISH_REPORT: StepForm,
    Action.HOLD_MEETING: MeetingForm,
    Action.OPEN_RATING: OpenRatingForm,
    Action.CLOSE_RATING: CloseForm,
    Action.HAND_OUT_PAPER: HandOutForm,
    Action.COUNT_PAPER: PaperForm,
    Action.CONFIRM_RESULT: StepForm,
    Action.DISPATCH: DispatchForm,
    Action.RECORD_CONSENT: ConsentForm,
    Action.PUBLISH_RESULT: StepForm,
    Action.ARCHIVE: ArchiveForm,
    Action.CONFIRM_RECEIPT: ReceiptForm,
    Action.CANCEL: CancelForm,
}
