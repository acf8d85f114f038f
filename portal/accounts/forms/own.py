"""Forms on one's own pages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import CountedCharField, NormalisedCharField, PhoneField
from portal.jurisdictions.models import Division

from .. import rules
from ..models import User


class DetailsForm(forms.ModelForm):
    """Correct one's own details. Verified names are changed at the counter."""

    real_name = NormalisedCharField(
        label=_("姓名"), required=False, max_length=30, help_text=_("公开页面只显示“张**”。不填显示“居民”。")
    )
    nickname = NormalisedCharField(label=_("昵称"), required=False, max_length=20)
    shows_nickname = forms.BooleanField(label=_("公开页面显示我的昵称"), required=False)
    contact_phone = PhoneField(
        label=_("联系电话"), required=False, help_text=_("座机或家人的手机也可以，方便工作人员联系您。")
    )
    address = CountedCharField(label=_("联系地址"), required=False, count_limit=100)
    division = forms.ModelChoiceField(
        label=_("所在社区"),
        required=False,
        queryset=Division.objects.at_level("county", "subdistrict", "township", "community"),
        empty_label=_("不清楚"),
        help_text=_("没有您的社区？先选区县或街道，再按“下一级”；或者在下面写名字来找。"),
    )
    place_words = NormalisedCharField(
        label=_("按名字找街道（乡镇）或社区（村）"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    prefers_elder_mode = forms.BooleanField(label=_("登录后使用长者模式（大字）"), required=False)
    prefers_high_contrast = forms.BooleanField(label=_("登录后使用高对比"), required=False)

    class Meta:
        model = User
        fields = (
            "real_name", "nickname", "shows_nickname", "contact_phone", "address", "division", "prefers_elder_mode",
            "prefers_high_contrast",
        )  # fmt: skip

    def __init__(self, *args: Any, offered: Mapping[int, str], **kwargs: Any) -> None:
        """`offered`: the few places that the list shows, with their labels by key; any other can be found by name."""
        super().__init__(*args, **kwargs)
        self.fields["division"].widget.choices = [("", _("不清楚")), *offered.items()]
        if self.instance.verification in (User.Verification.COUNTER, User.Verification.PROVIDER):
            self.fields["real_name"].disabled = True
            self.fields["real_name"].help_text = _("已核验的姓名如需更正，请带证件到联络站窗口办理。")

    def clean_real_name(self) -> str:
        return rules.normalised(self.cleaned_data["real_name"])

    def clean_division(self) -> Division | None:
        division: Division | None = self.cleaned_data["division"]
        if division is not None and division.level == Division.Level.COUNTY:
            raise forms.ValidationError(_("请再选到街道（乡镇）或社区（村）：按“下一级”。"), code="too_high")
        return division

    def clean_nickname(self) -> str:
        nickname: str = self.cleaned_data["nickname"]
        if word := rules.reserved_word_in(nickname):
            raise forms.ValidationError(
                _("昵称不能含“%(word)s”，以免被误认为党政机关或工作人员。"), code="reserved", params={"word": word}
            )
        return nickname

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("place_words", None)
        if cleaned.get("shows_nickname") and not cleaned.get("nickname") and "nickname" not in self.errors:
            self.add_error("nickname", _("要公开昵称，请先填写昵称。"))
        return cleaned


class CancelForm(forms.Form):
    """Cancelling cannot be undone, so it is said in words."""

    confirms = forms.BooleanField(
        label=_("我明白：注销后账号清空、不能恢复，公开的建议和发言会保留但不再显示我的信息"),
        error_messages={"required": _("请勾选，表示您明白注销的后果。")},
    )
    reason = CountedCharField(
        label=_("注销原因"), required=False, count_limit=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class SecondFactForm(forms.Form):
    answer = NormalisedCharField(
        label=_("请回答一项"), max_length=40, error_messages={"required": _("请填写一项您登记过的信息。")}
    )
