"""The shape of what a resident writes: one small form per page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.moderation.forms import PhotosField, PhotosInput
from portal.frame.fields import CountedCharField, NormalisedCharField
from portal.gate.forms import AnonymousWriteForm
from portal.idempotency.fields import FormKeyField

from ..models import CategoryGroup
from ..rules.naming import BODY_LENGTH, SHORTEST_BODY, TITLE_LENGTH

OFFERED_GROUPS = [(group.value, group.label) for group in CategoryGroup]


class WordsForm(forms.Form):
    """第一步: what it is about."""

    body = CountedCharField(
        label=_("您想反映什么事，建议怎么办？"),
        help_text=_("说清楚地点、情况和您的想法就行。请不要写身份证号、电话和别人的姓名。"),
        count_limit=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("请写下您想反映的事")},
    )
    title = CountedCharField(
        label=_("用一句话概括"),
        help_text=_("可以不写，系统会取内容的第一句。"),
        count_limit=TITLE_LENGTH,
        required=False,
    )
    form_key = FormKeyField()

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"])
        if sum(character.isalnum() for character in body) < SHORTEST_BODY:
            raise forms.ValidationError(_("请再写清楚一点，至少%d个字") % SHORTEST_BODY)
        return body


class NewWordsForm(AnonymousWriteForm, WordsForm):
    """The first page of a new draft, open to anybody: honeypot and limits that end in one arithmetic question."""

    gate_action = "proposal"
    captcha_for = "limited"

    def _came_back_too_fast(self) -> bool:
        """An empty page is sent at once by people, and is refused anyway: no question on top of it."""
        return bool(self.data.get("body", "").strip()) and super()._came_back_too_fast()


class AboutForm(forms.Form):
    """第三步: what kind of matter, and photos."""

    category_group = forms.ChoiceField(
        label=_("这件事属于哪一类？"),
        help_text=_("拿不准就选“不清楚”，由工作人员来分。"),
        choices=OFFERED_GROUPS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一类，拿不准就选“不清楚”")},
    )
    photos = PhotosField(
        label=_("照片"),
        help_text=_(
            "JPG、PNG 或 WebP，最多6张，每张不超过10MB。照片里的拍摄地点等信息会自动去掉；请不要拍别人的脸和车牌。"
        ),
        required=False,
        # without HEIC in the list an iPhone hands over a JPEG by itself
        widget=PhotosInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-button": _("选择照片")}),
    )


class PersonForm(forms.Form):
    """第四步: under which name it appears, and whether it is confidential."""

    name = NormalisedCharField(
        label=_("怎么称呼您"),
        help_text=_("公开页面只显示姓氏，例如“居民 张**”。不写就显示“居民”。"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "input--medium"}),
        error_messages={"max_length": _("称呼请不要超过20个字")},
    )
    shows_nickname = forms.BooleanField(label=_("用我的昵称公开"), required=False)
    is_confidential = forms.BooleanField(
        label=_("这件事请保密"),
        help_text=_("只有工作人员能看到内容；公开页面只有编号和“保密件”，别人不能附议。"),
        required=False,
    )

    def __init__(self, *args: Any, nickname: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if nickname:
            self.fields["shows_nickname"].label = _("用我的昵称“%s”公开") % nickname
        else:
            del self.fields["shows_nickname"]


class AmendForm(forms.Form):
    """补正: the corrected text of a returned proposal."""

    body = CountedCharField(
        label=_("内容"),
        count_limit=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("请写下您想反映的事")},
    )
    title = CountedCharField(label=_("用一句话概括"), count_limit=TITLE_LENGTH, required=False)
    is_confidential = forms.BooleanField(label=_("这件事请保密"), required=False)


class WithdrawForm(forms.Form):
    reason = CountedCharField(
        label=_("撤回的原因"), required=False, count_limit=200, widget=forms.Textarea(attrs={"rows": 3})
    )
    confirm = forms.BooleanField(label=_("我确认撤回这件建议"), error_messages={"required": _("请勾选确认后再撤回")})
