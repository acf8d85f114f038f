"""The forms of staff. What must hold is asked by the service; here only the shape."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import STATE_LABELS
from ..rules import FEEDBACK_LENGTH, HOTLINE_NUMBER_LENGTH, MAX_BOXES, Box, is_box
from ..states import Action

ROWS_WITHOUT_SCRIPT = 4
SIDES = ("left", "top", "width", "height")
SIDE_LABELS = {"left": _("左边距"), "top": _("上边距"), "width": _("宽"), "height": _("高")}


class ForwardForm(forms.Form):
    hotline_number = forms.CharField(
        label=_("12345工单号"),
        max_length=HOTLINE_NUMBER_LENGTH,
        error_messages={"required": _("请填写12345给的工单号。")},
    )


class CorrectNumberForm(ForwardForm):
    reason = forms.CharField(
        label=_("更正的理由（公开）"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明为什么更正。")},
    )


class FeedbackWorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("Excel 表格（.xlsx）或 CSV"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请选择文件。"), "empty": _("文件是空的。")},
    )


class AssignForm(forms.Form):
    """Nothing to fill in."""


class FeedbackForm(forms.Form):
    feedback = forms.CharField(
        label=_("反馈内容（公开）"),
        max_length=FEEDBACK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请填写反馈内容。")},
    )
    on = forms.DateField(
        label=_("反馈日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("日期应写作 2026-03-10 的样子。")},
    )


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("说明（公开；没有现场核实的必填）"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


FORMS: dict[Action, type[forms.Form]] = {
    Action.ASSIGN: AssignForm,
    Action.FORWARD: ForwardForm,
    Action.RECEIVE_FEEDBACK: FeedbackForm,
    Action.CORRECT_NUMBER: CorrectNumberForm,
    Action.CLOSE: CloseForm,
}


class SnapQueueForm(forms.Form):
    """What the list of staff is narrowed by."""

    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), *[(state.value, label) for state, label in STATE_LABELS.items()]],
    )
    has_photos_waiting = forms.BooleanField(label=_("只看有照片待审核的"), required=False)


class RedactForm(forms.Form):
    """Rectangles in percent of the picture; a script draws them, without one the numbers are typed."""

    alt = forms.CharField(
        label=_("照片说明（给看不到照片的人）"), required=False, max_length=120, widget=forms.TextInput()
    )
    is_withheld = forms.BooleanField(label=_("这张照片不公开"), required=False)

    def __init__(self, *args: Any, boxes: list[list[float]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = boxes or []
        for row in range(MAX_BOXES):
            for place, side in enumerate(SIDES):
                self.fields[f"{side}-{row}"] = forms.FloatField(
                    label=SIDE_LABELS[side],
                    required=False,
                    min_value=0,
                    max_value=100,
                    initial=known[row][place] if row < len(known) else None,
                    widget=forms.NumberInput(attrs={"step": "0.1", "min": "0", "max": "100", "data-side": side}),
                    error_messages={"invalid": _("请填写0到100的数。")},
                )

    @property
    def rows(self) -> list[list[Any]]:
        return [[self[f"{side}-{row}"] for side in SIDES] for row in range(MAX_BOXES)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        boxes: list[Box] = []
        for row in range(MAX_BOXES):
            sides = [cleaned.get(f"{side}-{row}") for side in SIDES]
            if all(side is None for side in sides):
                continue
            if any(side is None for side in sides):
                self.add_error(f"left-{row}", _("四个数都要填写。"))
                continue
            box: Box = (sides[0] or 0.0, sides[1] or 0.0, sides[2] or 0.0, sides[3] or 0.0)
            if not is_box(box):
                self.add_error(f"left-{row}", _("这一块超出了照片，或者没有大小。"))
                continue
            boxes.append(box)
        cleaned["boxes"] = boxes
        return cleaned
