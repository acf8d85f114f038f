"""What is wrong, and how to reach whoever says so; staff's answer."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import CountedCharField, NormalisedCharField
from portal.gate.forms import AnonymousWriteForm
from portal.idempotency.fields import FormKeyField

from .models import STATE_LABELS
from .states import ANSWERS

PRIVATE = ("/admin/", "/accounts/", "/setup/")


def own_path(text: str, host: str) -> str:
    """The path of an address of this site, whether whole or not; "/" for anything else."""
    parts = urlsplit(text.strip())
    is_ours = parts.scheme in ("", "http", "https") and parts.netloc in ("", host)
    path = parts.path if is_ours and re.match(r"/(?!/)[^\\\x00-\x1f]*\Z", parts.path) else "/"
    return "/" if path.startswith(PRIVATE) else path[:300]


class CorrectionForm(AnonymousWriteForm):
    gate_action = "correction"
    captcha_for = "limited"

    page = forms.CharField(required=False, widget=forms.HiddenInput)
    words = CountedCharField(
        label=_("哪里有错？"),
        count_limit=500,
        help_text=_("例如：第二段的电话号码少一位。请写上您认为对的内容。"),
        error_messages={"required": _("请写一下哪里有错")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = NormalisedCharField(
        label=_("手机号或邮箱"),
        required=False,
        max_length=80,
        help_text=_("想知道处理结果就留一个，只有工作人员看得到。"),
        error_messages={"max_length": _("请缩短到80个字以内")},
    )
    form_key = FormKeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request.user.is_authenticated:
            del self.fields["contact"]  # the answer comes to 我的消息

    def clean_page(self) -> str:
        return own_path(self.cleaned_data["page"], self.request.get_host())


class AnswerForm(forms.Form):
    """Shaped like a model form for Wagtail's edit view; the service writes."""

    state = forms.ChoiceField(
        label=_("处理结果"),
        choices=[(state.value, STATE_LABELS[state]) for state in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选处理结果。")},
    )
    answer = forms.CharField(
        label=_("处理说明"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("改了什么，或者为什么没有错。会告诉留下联系方式的人。"),
        error_messages={"required": _("请写处理说明。")},
    )

    def __init__(self, *args: Any, instance: Any = None, for_user: Any = None, **kwargs: Any) -> None:
        self.instance = instance
        super().__init__(*args, **kwargs)
