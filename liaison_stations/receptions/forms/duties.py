"""Entries of the year's log: trainings and visits of state organs."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ..selectors.places import Desk
from .grid import day_field


class TrainingForm(forms.Form):
    use_required_attribute = False
    on = day_field(_("日期"))
    title = forms.CharField(label=_("培训内容"), max_length=80, error_messages={"required": _("请填写培训内容。")})
    organiser = forms.CharField(label=_("组织单位"), max_length=60, required=False)
    attendees = forms.CharField(
        label=_("参加人员"), max_length=200, error_messages={"required": _("请填写参加人员。")},
        help_text=_("站长、副站长、联络员等；姓名用顿号分开，只在内部看。"),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class OrganVisitForm(forms.Form):
    use_required_attribute = False
    station = forms.ChoiceField(label=_("联络站（点）"))
    on = day_field(_("日期"))
    session = forms.ChoiceField(label=_("随哪一场接待"), required=False)
    organ = forms.CharField(
        label=_("国家机关（单位）"), max_length=60, error_messages={"required": _("请填写国家机关（单位）。")}
    )
    people = forms.CharField(
        label=_("到站人员（姓名、职务）"), max_length=100, error_messages={"required": _("请填写到站人员。")}
    )
    reported = forms.CharField(label=_("通报工作情况"), max_length=300, required=False, widget=forms.Textarea)
    responded = forms.CharField(label=_("回应关切"), max_length=300, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, desk: Desk, sessions: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stations = {str(row.pk): row for row in desk.stations}
        self.sessions = {row.key: row for row in sessions}
        cast(forms.ChoiceField, self.fields["station"]).choices = [(pk, r.title) for pk, r in self.stations.items()]
        cast(forms.ChoiceField, self.fields["session"]).choices = [
            ("", _("单独进站")), *((key, f"{row} {row.start:%H:%M}") for key, row in self.sessions.items()),
        ]  # fmt: skip
        for name in ("reported", "responded"):
            self.fields[name].widget.attrs["rows"] = 3

    def facts(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        cleaned["station"] = self.stations[cleaned["station"]]
        cleaned["session"] = self.sessions.get(cleaned["session"])
        return cleaned
