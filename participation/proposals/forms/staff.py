"""The shape of what staff type: decisions of the committee, and words taken down for residents."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import PhoneField
from portal.idempotency.fields import FormKeyField
from portal.jurisdictions.models import Division

from ..models import CategoryGroup, Channel, MatterLevel, Route
from ..rules.group_chat import name_and_phone, split_group_chat
from ..rules.naming import BODY_LENGTH, SHORTEST_BODY, TITLE_LENGTH
from ..states import Action

STAFF_ACTIONS = {
    Action.START_SCREENING: _("进入筛选"),
    Action.ADOPT: _("采纳"),
    Action.DECLINE: _("不采纳"),
    Action.CONFIRM_HIDING: _("复核同意隐去"),
    Action.RESTORE: _("恢复公开"),
    Action.HIDE: _("隐去"),
    Action.VOID: _("作废"),
    Action.PUBLISH_IMPORT: _("公开历史导入"),
}


class StaffActionForm(forms.Form):
    """One decision on a proposal; what each needs is checked by the service."""

    use_required_attribute = False
    action = forms.ChoiceField(choices=[(action.value, label) for action, label in STAFF_ACTIONS.items()])
    reason = forms.CharField(label=_("理由"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    route = forms.ChoiceField(label=_("去向"), required=False, choices=[("", _("请选择")), *Route.choices])
    matter_level = forms.ChoiceField(label=_("事权"), required=False, choices=[("", _("请选择")), *MatterLevel.choices])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        action = cleaned.get("action")
        if action in {Action.DECLINE, Action.VOID, Action.HIDE} and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("请填写理由。"))
        if action == Action.ADOPT and not cleaned.get("route"):
            self.add_error("route", _("请选择去向。"))
        if action == Action.ADOPT and not cleaned.get("matter_level"):
            self.add_error("matter_level", _("请选择属于本级还是上级事权。"))
        return cleaned


class PlaceField(forms.ChoiceField):
    """A subdistrict, alone or with one of its communities, as `division:community` keys."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("街道（乡镇）、社区（村）"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> tuple[Division, Division | None]:
        chosen = super().clean(value)
        division, _colon, community = chosen.partition(":")
        return (
            Division.objects.get(pk=division),
            Division.objects.filter(pk=community).first() if community else None,
        )


class EntryHeadForm(forms.Form):
    """What is common to a day's entries."""

    use_required_attribute = False
    form_key = FormKeyField()
    place = PlaceField(error_messages={"required": _("请选择街道（乡镇）、社区（村）。")})
    channel = forms.ChoiceField(
        label=_("渠道"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.ONLINE.value],
        error_messages={"required": _("请选择渠道。")},
    )
    received_on = forms.DateField(
        label=_("走访或收到的日期"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        initial=timezone.localdate,
        error_messages={"required": _("请填写日期。"), "invalid": _("日期应写作 2026-03-10 的样子。")},
    )

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("请选择")), *places]  # type: ignore[attr-defined]

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError(_("日期不能晚于今天。"))
        return day


class EntryRowForm(forms.Form):
    """One resident's words; a row left blank is skipped."""

    use_required_attribute = False
    name = forms.CharField(label=_("居民姓名"), required=False, max_length=40)
    phone = PhoneField(
        label=_("电话"),
        required=False,
        max_length=40,
        error_messages={
            "invalid_phone": _("请填写11位手机号码，或固定电话，如 0731-88660000；没有电话可不填。"),
        },
    )
    category_group = forms.ChoiceField(
        label=_("大类"), required=False, choices=CategoryGroup.choices, initial=CategoryGroup.UNSURE.value
    )
    title = forms.CharField(label=_("标题（可不填）"), required=False)
    body = forms.CharField(label=_("内容"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_confidential = forms.BooleanField(label=_("保密"), required=False)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        if len(title) > TITLE_LENGTH:
            raise ValidationError(_("标题不能超过%d字。") % TITLE_LENGTH)
        return title

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"].strip()
        if len(body) > BODY_LENGTH:
            raise ValidationError(_("内容不能超过%d字。") % BODY_LENGTH)
        if body and sum(character.isalnum() for character in body) < SHORTEST_BODY:
            raise ValidationError(_("请再写清楚一点，至少%d个字") % SHORTEST_BODY)
        return body

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("body") and not self.errors and (cleaned.get("title") or cleaned.get("name")):
            self.add_error("body", _("请填写内容，或清空这一行。"))
        return cleaned

    @property
    def is_blank(self) -> bool:
        return not self.errors and not self.cleaned_data.get("body")


EntryFormSet = forms.formset_factory(EntryRowForm, extra=0, max_num=50, absolute_max=60)


class GroupChatForm(forms.Form):
    """Text pasted from a group, to be split into rows."""

    use_required_attribute = False
    chat = forms.CharField(
        label=_("粘贴群聊文字"), required=False, max_length=60000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def rows(self) -> list[dict[str, str]]:
        """Initial rows for the grid, at most fifty; the speaker stands as the name, a number in it as the phone."""
        entries = split_group_chat(self.cleaned_data.get("chat", ""))
        rows = []
        for entry in entries[:50]:
            name, phone = name_and_phone(entry.speaker)
            rows.append({"name": name[:40], "phone": phone, "body": entry.text})
        return rows
