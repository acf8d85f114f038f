"""The shape of a reviewer's decision."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import CountedCharField
from portal.gate.forms import AnonymousWriteForm
from portal.jurisdictions.models import Division
from portal.wording.services import mask

from .models import ReportReason, Review
from .registry import Choice, owner_of
from .rules import needs_reason
from .states import Verb

VERB_LABELS = {
    Verb.CLAIM: _("领取"),
    Verb.RELEASE: _("放回队列"),
    Verb.PUBLISH: _("通过并公开"),
    Verb.RETURN: _("退回补正"),
    Verb.REJECT: _("不予公开"),
    Verb.DIVERT: _("告知其他渠道"),
    Verb.MERGE: _("并案"),
    Verb.TRANSFER: _("转其他街道"),
    Verb.HIDE: _("隐去"),
    Verb.RESTORE: _("恢复公开"),
    Verb.CONFIRM: _("复核：同意隐去"),
    Verb.CLASSIFY: _("改分类"),
}
VERB_HINTS = {
    Verb.PUBLISH: _("公开的是上面的公开文本，可以先改。"),
    Verb.RETURN: _("告诉%(author)s改什么，例如：请写明具体位置。"),
    Verb.REJECT: _("理由会告知%(author)s。"),
    Verb.DIVERT: _("信访、诉讼、违法犯罪、违纪事项不在本平台办理。理由可不填，默认为“不属于本平台受理范围”。"),
    Verb.MERGE: _("原%(author)s仍会得到答复。理由可不填。"),
    Verb.TRANSFER: _("受理编号不变。理由会告知%(author)s。"),
    Verb.HIDE: _("立即隐去，须由另一人在一个工作日内复核。"),
    Verb.CONFIRM: _("不再公开，原文作为证据保存。"),
    Verb.RESTORE: _("复核后不同意隐去，恢复原来公开的文本。"),
}


def hint_of(verb: Verb, review: Review) -> str:
    """What choosing `verb` means, in the words of this kind; without a known author no promise to tell one."""
    author = owner_of(review.kind).author_label
    hint = str(VERB_HINTS.get(verb, ""))
    return "" if "%(author)s" in hint and not author else hint.replace("%(author)s", str(author))


def reason_missing(review: Review) -> str:
    author = owner_of(review.kind).author_label
    told = gettext("请填写理由，理由会告知%(author)s。")
    return told % {"author": author} if author else gettext("请填写理由。")


REASON_ERRORS = {"max_length": _("理由请缩短到500字以内。")}
BULK_VERBS = (Verb.CLAIM, Verb.PUBLISH, Verb.REJECT, Verb.DIVERT)


def _likely_first(channels: Iterable[Choice]) -> list[Any]:
    """A select of channels; those that the text hints at stand in a group of their own, above the rest."""
    groups: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for choice in channels:
        groups[choice.is_likely].append((choice.value, f"{choice.label}（{choice.hint}）"))
    if not groups[True]:
        return [("", _("请选择")), *groups[False]]
    return [("", _("请选择")), (_("可能适用"), groups[True]), (_("其他渠道"), groups[False])]


class DecisionForm(forms.Form):
    """One verb with what it needs. `details()` are the keyword arguments of `services.decide` beside the reason."""

    use_required_attribute = False
    verb = forms.ChoiceField(
        choices=[(verb.value, label) for verb, label in VERB_LABELS.items()],
        error_messages={"required": _("请选择怎样处理。"), "invalid_choice": _("请选择怎样处理。")},
    )
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REASON_ERRORS,
    )
    public_note = forms.CharField(
        label=_("隐去处的公开说明（可不填）"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("公开说明请缩短到200字以内。")},
    )
    public_title = forms.CharField(label=_("公开标题"), required=False, max_length=200)
    public_body = forms.CharField(label=_("公开文本"), required=False, widget=forms.Textarea(attrs={"rows": 9}))
    channel = forms.ChoiceField(label=_("告知的渠道"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    round = forms.IntegerField(required=False, widget=forms.HiddenInput)
    target_number = forms.CharField(
        label=_("或填写受理编号（可只填后六位）"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    target = forms.CharField(label=_("并入的受理编号"), required=False, max_length=40)
    division = forms.ModelChoiceField(
        label=_("转到"),
        required=False,
        queryset=Division.objects.filter(level__in=[Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP]),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        owner = owner_of(review.kind)
        cast(forms.ChoiceField, self.fields["channel"]).choices = _likely_first(owner.channels(review))
        categories = [(choice.value, choice.label) for choice in owner.categories(review)]
        cast(forms.ChoiceField, self.fields["category"]).choices = categories
        if not owner.has_title:
            del self.fields["public_title"]
        if not owner.takes_public_note:
            del self.fields["public_note"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        verb = cleaned.get("verb", "")
        if needs_reason(verb) and "reason" not in self.errors and not cleaned.get("reason", "").strip():
            self.add_error("reason", reason_missing(self.review))
        if cleaned.get("round") and cleaned["round"] != self.review.round:
            raise forms.ValidationError(_("内容已经修改过，请重新打开本页审核新的内容。"))
        if verb == Verb.DIVERT and not cleaned.get("channel"):
            self.add_error("channel", _("请选择告知的渠道。"))
        cleaned["target"] = cleaned.get("target_number", "").strip() or cleaned.get("target", "").strip()
        if verb == Verb.MERGE and not cleaned["target"]:
            self.add_error("target", _("请填写或选择并入的受理编号。"))
        if verb == Verb.TRANSFER and not cleaned.get("division"):
            self.add_error("division", _("请选择转到的街道（乡镇）。"))
        if verb == Verb.PUBLISH and not self.review.is_confidential and not cleaned.get("public_body", "").strip():
            self.add_error("public_body", _("公开文本不能为空。"))
        return cleaned

    @property
    def has_personal_data(self) -> bool:
        """Something in the text typed for the public that its owner hides on publication."""
        texts = [self.cleaned_data.get(name, "") for name in ("public_title", "public_body")]
        return any(mask(text).text != text for text in texts)

    def details(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        wanted = {
            Verb.PUBLISH.value: ("public_title", "public_body"),
            Verb.CLASSIFY.value: ("category",),
            Verb.DIVERT.value: ("channel",),
            Verb.MERGE.value: ("target",),
            Verb.TRANSFER.value: ("division",),
            Verb.HIDE.value: ("public_note",),
        }.get(cleaned["verb"], ())
        return {name: cleaned[name] for name in wanted if name in self.fields}


class BulkForm(forms.Form):
    """One verb for many reviews."""

    use_required_attribute = False
    verb = forms.ChoiceField(label=_("批量操作"), choices=[(verb.value, VERB_LABELS[verb]) for verb in BULK_VERBS])
    reason = forms.CharField(
        label=_("理由（不予公开、告知其他渠道时填写）"),
        required=False,
        max_length=500,
        error_messages=REASON_ERRORS,
    )
    channel = forms.ChoiceField(label=_("渠道（告知其他渠道时选择）"), required=False)

    def __init__(self, *args: Any, channels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["channel"]).choices = [("", _("请选择渠道")), *channels]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_empty = "reason" not in self.errors and not cleaned.get("reason", "").strip()
        if cleaned.get("verb") == Verb.REJECT and is_empty:
            self.add_error("reason", _("请填写理由，理由会告知作者。"))
        if cleaned.get("verb") == Verb.DIVERT and not cleaned.get("channel"):
            self.add_error("channel", _("请选择告知的渠道。"))
        return cleaned


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotosField(forms.FileField):
    """Several files in one input; each is looked at by `photos.reencoded`."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = data if isinstance(data, list | tuple) else [data]
        chosen = [upload for upload in uploads if upload]
        for upload in chosen:
            if len(upload.name or "") > 200:
                upload.name = (upload.name or "")[-200:]
        return chosen


class ReportForm(AnonymousWriteForm):
    """举报."""

    gate_action = "report"
    captcha_for = "visitors"

    reason = forms.ChoiceField(
        label=_("为什么举报"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择举报原因。"), "invalid_choice": _("请选择举报原因。")},
    )
    note = CountedCharField(
        label=_("补充说明"), required=False, count_limit=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class AppealForm(forms.Form):
    """申诉."""

    text = CountedCharField(
        label=_("您为什么不同意"),
        count_limit=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写明您为什么不同意。")},
    )


class AnswerForm(forms.Form):
    """A report or an appeal answered by staff."""

    answer = forms.CharField(
        label=_("处理说明（会告知对方）"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明处理说明。"), "max_length": _("处理说明请缩短到300字以内。")},
    )
    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=[("yes", _("成立")), ("no", _("不成立"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择结论。"), "invalid_choice": _("请选择结论。")},
    )


class ClosureForm(forms.Form):
    """关闭评论. The choices are where this director may."""

    scope = forms.ChoiceField(
        label=_("范围"), error_messages={"required": _("请选择范围。"), "invalid_choice": _("请从列表中选择。")}
    )
    subject = forms.CharField(label=_("只关闭一个讨论：填写受理编号（可不填）"), required=False, max_length=80)
    notice = forms.CharField(
        label=_("公告（公开）"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明公告，例如：讨论暂停，恢复时间另行通知。")},
    )

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]  # a ChoiceField
