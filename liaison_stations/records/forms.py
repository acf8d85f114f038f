"""The shape of what is typed at the desk: a day's grid, the steps of one record, the filters of the list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.receptions.models import Booking
from participation.ledger.models import CategoryGroup
from portal.accounts.rules import normalised_phone
from portal.frame.fields import PhoneField
from portal.idempotency.fields import FormKeyField
from portal.jurisdictions.models import Division

from .models import STATE_LABELS
from .rules.diversion import CHANNELS
from .rules.naming import (
    ANSWER_LENGTH,
    MOST_PEOPLE,
    MOST_ROWS,
    NAME_LENGTH,
    PLACE_LENGTH,
    SAID_LENGTH,
    SHORTEST_SAID,
    TITLE_LENGTH,
)
from .rules.recording import words_never_said
from .states import Action

OUTCOMES = [
    ("", _("以后再处理")),
    (Action.ANSWER.value, _("当场答复")),
    (Action.OPEN_ITEM.value, _("转入台账")),
    (Action.PROPOSE.value, _("作为居民建议提出")),
    (Action.DIVERT.value, _("不属于受理范围，告知渠道")),
]
CHANNEL_CHOICES = [("", _("请选择")), *((each.key, each.label) for each in CHANNELS.values())]


def _text(label: Any, length: int, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    too_long = {"max_length": _("不能超过%(limit_value)d字。")}
    return forms.CharField(label=label, required=False, max_length=length, widget=widget, error_messages=too_long)


def _phone() -> PhoneField:
    wrong = _("请填写11位手机号码，或固定电话，如 0731-88660000；没有电话可不填。")
    return PhoneField(label=_("电话"), required=False, max_length=40, error_messages={"invalid_phone": wrong})


def _people() -> forms.IntegerField:
    wrong = _("请填写整数。")
    return forms.IntegerField(
        label=_("人数"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        error_messages={"invalid": wrong},
    )


def _answer_problem(text: str) -> str:
    found = words_never_said(text)
    return _("代表答复写已反映、已转办或者当场说明的内容，不写“%s”。") % found[0] if found else ""


class DayHeadForm(forms.Form):
    """Who received, for all rows of the page."""

    use_required_attribute = False
    form_key = FormKeyField()
    deputies = forms.MultipleChoiceField(
        label=_("接待代表（本页各行）"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, deputies: Sequence[Deputy], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in deputies}
        self.fields["deputies"].choices = [(key, each.name) for key, each in self.known.items()]  # type: ignore[attr-defined]  # a choice field, typed as any Field
        self.fields["deputies"].initial = list(self.known)

    def chosen(self) -> list[Deputy]:
        return [self.known[key] for key in self.cleaned_data["deputies"]]


class RecordRowForm(forms.Form):
    """One visitor; a row left blank is skipped."""

    use_required_attribute = False
    name = _text(_("来访人"), NAME_LENGTH)
    phone = _phone()
    people = _people()
    booking = forms.ChoiceField(label=_("预约"), required=False)
    said = _text(_("反映内容"), SAID_LENGTH, 3)
    category_group = forms.ChoiceField(
        label=_("大类"), required=False, choices=CategoryGroup.choices, initial=CategoryGroup.UNSURE.value
    )
    community = forms.ChoiceField(label=_("社区（村）"), required=False)
    place = _text(_("地点"), PLACE_LENGTH)
    outcome = forms.ChoiceField(label=_("处理"), required=False, choices=OUTCOMES)
    text = _text(_("答复的话，或公开标题"), ANSWER_LENGTH, 2)
    channel = forms.ChoiceField(label=_("告知的渠道"), required=False, choices=CHANNEL_CHOICES)

    def __init__(
        self, *args: Any, communities: Sequence[Division] = (), bookings: Sequence[Booking] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.communities = {str(each.pk): each for each in communities}
        self.bookings = {str(each.pk): each for each in bookings}
        fields: Any = self.fields
        fields["community"].choices = [("", _("不清楚"))] + [(k, each.name) for k, each in self.communities.items()]
        fields["booking"].choices = [("", _("没有预约"))] + [(k, _booked(each)) for k, each in self.bookings.items()]
        if not self.bookings:
            del fields["booking"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        typed = any(str(cleaned.get(name) or "").strip() for name in ("name", "phone", "place", "text", "booking"))
        said = (cleaned.get("said") or "").strip()
        if not said and (typed or cleaned.get("outcome")) and "said" not in self.errors:
            self.add_error("said", _("请填写反映内容，或清空这一行。"))
        elif said and sum(character.isalnum() for character in said) < SHORTEST_SAID:
            self.add_error("said", _("请写清楚反映的内容，至少%d个字。") % SHORTEST_SAID)
        self._clean_outcome(cleaned.get("outcome", ""), (cleaned.get("text") or "").strip(), cleaned.get("channel"))
        return cleaned

    def _clean_outcome(self, outcome: str, text: str, channel: str | None) -> None:
        if outcome == Action.ANSWER:
            problem = _answer_problem(text) if text else _("请写明当场答复的内容。")
            if problem:
                self.add_error("text", problem)
        elif outcome == Action.OPEN_ITEM:
            if not text:
                self.add_error("text", _("请填写台账事项的公开标题。"))
            elif len(text) > TITLE_LENGTH:
                self.add_error("text", _("标题不能超过%d字。") % TITLE_LENGTH)
        elif outcome == Action.DIVERT and not channel:
            self.add_error("channel", _("请选择告知的渠道。"))
        elif text and not outcome:
            self.add_error("outcome", _("请选择处理方式。"))

    @property
    def is_blank(self) -> bool:
        return not self.errors and not self.cleaned_data.get("said")

    def facts(self) -> dict[str, Any]:
        """What `NewRecord` takes, but for the outcome."""
        cleaned = self.cleaned_data
        return {
            "said": cleaned["said"],
            "name": cleaned["name"],
            "phone": normalised_phone(cleaned["phone"] or ""),
            "people": cleaned["people"] or 1,
            "category_group": cleaned["category_group"] or CategoryGroup.UNSURE.value,
            "community": self.communities.get(cleaned["community"]),
            "place": cleaned["place"],
            "booking": self.bookings.get(cleaned.get("booking", "")),
        }


def _booked(booking: Booking) -> str:
    who = booking.name or (booking.user.display_name if booking.user else "")
    return f"{booking.slot + 1}-{booking.seat} {who}"


RowFormSet = forms.formset_factory(RecordRowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10)


class StepForm(forms.Form):
    """One step on one record; what each needs is asked by the service again."""

    use_required_attribute = False

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.record = record

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AnswerForm(StepForm):
    answer = _text(_("当场答复的话（写已反映、已转办或说明的内容）"), ANSWER_LENGTH, 3)


class OpenForm(StepForm):
    title = _text(_("公开标题（不写姓名和电话）"), TITLE_LENGTH)
    summary = _text(_("公开内容（可不填，不写姓名和电话）"), SAID_LENGTH, 4)
    confidential_reason = _text(_("保密件的理由（填写后标题和内容都不公开，只公开编号和进度）"), 200)


class ProposeForm(StepForm):
    title = _text(_("标题（可不填）"), TITLE_LENGTH)
    body = _text(_("建议内容（审核后公开；不填用反映内容）"), SAID_LENGTH, 5)


class DivertForm(StepForm):
    channel = forms.ChoiceField(
        label=_("告知的渠道"), choices=CHANNEL_CHOICES, error_messages={"required": _("请选择告知的渠道。")}
    )
    reason = _text(_("说明（可不填）"), 200)


class VoidForm(StepForm):
    reason = _text(_("理由"), 200)


class ReviseForm(StepForm):
    """Name and phone are typed anew only where they change: they are masked until somebody asks."""

    said = _text(_("反映内容"), SAID_LENGTH, 4)
    people = _people()
    category_group = forms.ChoiceField(label=_("大类"), choices=CategoryGroup.choices)
    community = forms.ChoiceField(label=_("社区（村）"), required=False)
    place = _text(_("地点"), PLACE_LENGTH)
    deputies = forms.MultipleChoiceField(label=_("接待代表"), required=False, widget=forms.CheckboxSelectMultiple)
    name = _text(_("来访人（不改可不填）"), NAME_LENGTH)
    phone = _phone()

    def __init__(self, *args: Any, communities: Sequence[Division], deputies: Sequence[Deputy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row, fields = self.record, dict[str, Any](self.fields)
        self.communities = {str(each.pk): each for each in communities}
        self.known = {str(each.pk): each for each in deputies}
        fields["community"].choices = [("", _("不清楚"))] + [(k, each.name) for k, each in self.communities.items()]
        fields["deputies"].choices = [(key, each.name) for key, each in self.known.items()]
        fields["phone"].label = _("电话（不改可不填）")
        for name in ("said", "people", "category_group", "place"):
            fields[name].initial = getattr(row, name)
        fields["community"].initial = str(row.community_id or "")
        fields["deputies"].initial = [str(each.pk) for each in row.deputies.all()]

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        facts = {name: cleaned[name] for name in ("said", "category_group", "place")}
        facts |= {"people": cleaned["people"] or 1, "community": self.communities.get(cleaned["community"])}
        facts["deputies"] = [self.known[key] for key in cleaned["deputies"]]
        if cleaned["name"]:
            facts["name"] = cleaned["name"]
        if cleaned["phone"]:
            facts["phone"] = normalised_phone(cleaned["phone"])
        return facts


class RecordWorkbookForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(label=_("Excel文件（.xlsx）"), error_messages={"required": _("请选择文件。")})


class FilterForm(forms.Form):
    """What the address of the list asks for; anything wrong is passed over."""

    use_required_attribute = False
    q = forms.CharField(label=_("编号、内容或电话"), required=False, max_length=40)
    station = forms.ChoiceField(label=_("联络站（点）"), required=False)
    state = forms.ChoiceField(label=_("处理"), required=False)
    month = forms.RegexField(
        r"\A20\d\d-(0[1-9]|1[0-2])\Z", label=_("月份"), required=False, widget=forms.TextInput(attrs={"type": "month"})
    )

    def __init__(self, *args: Any, stations: Sequence[Any], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["station"].choices = [("", _("全部")), *((str(each.pk), each.title) for each in stations)]
        fields["state"].choices = [("", _("全部")), *((state.value, label) for state, label in STATE_LABELS.items())]

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
