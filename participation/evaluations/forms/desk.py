"""What staff enter of a round: counts of paper, reasons, corrections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Rater

MOST_BALLOTS = 100_000


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_BALLOTS,
        error_messages={"required": _("请填写票数，没有的填0。"), "invalid": _("请填写整数。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PaperCountForm(forms.Form):
    """One person's own count; the other person's is never shown."""

    satisfied = _count(_("满意"))
    basically = _count(_("基本满意"))
    dissatisfied = _count(_("不满意"))
    invalid = _count(_("无效票"))


class HandOutForm(forms.Form):
    """Names on the roll that have neither answered nor taken a ballot."""

    raters = forms.ModelMultipleChoiceField(
        label=_("领取纸质票的人"),
        queryset=Rater.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选领取纸质票的人。"), "invalid_choice": _("名单已变化，请重新勾选。")},
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["raters"]
        field.queryset = waiting  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        field.label_from_instance = name_of_rater  # type: ignore[attr-defined]  # as above


def name_of_rater(rater: Rater) -> str:
    return str(rater.user) if rater.user else str(_("名册%s")) % rater.key


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("提前结束的理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明提前结束的理由。")},
    )


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("更正内容"),
        max_length=2000,
        help_text=_("写明哪里有误、正确的是什么。公布的数字不改动，更正注明日期公开在下面。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请填写更正内容。")},
    )
