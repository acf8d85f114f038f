"""The month on one grid: every line keeps what was typed, and says what is wrong with it."""

import unicodedata
from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import ReceptionSession
from ..selectors.people import People, guest_texts, host_texts
from ..selectors.places import Desk

EXTRA = 3


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请填写日期。"), "invalid": _("日期应写作 2026-03-10 的样子。")},
    )


class ClockField(forms.TimeField):
    """09:00, 9:00 or 9：00, whatever clock the browser would draw."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value)


def time_field(label: Any) -> forms.TimeField:
    return ClockField(
        label=label,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"maxlength": 5, "placeholder": "09:00"}),
        error_messages={"required": _("请填写时间。"), "invalid": _("时间应写作 09:00 的样子。")},
    )


class RowForm(forms.Form):
    """One session. A line without a date and without people is empty and passed over."""

    use_required_attribute = False
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    day = day_field(_("日期"))
    start = time_field(_("开始"))
    end = time_field(_("结束"))
    station = forms.ChoiceField(label=_("站（点）"), error_messages={"invalid_choice": _("请选择本站或所属站点。")})
    venue = forms.ChoiceField(label=_("场所"), required=False)
    hosts = forms.CharField(label=_("接待代表"), required=False, max_length=400)
    guests = forms.CharField(label=_("到站人员"), required=False, max_length=400)
    theme = forms.CharField(label=_("主题"), required=False, max_length=60)
    capacity = forms.IntegerField(label=_("可预约"), required=False, min_value=1, max_value=500)
    slot_minutes = forms.IntegerField(label=_("每段分钟"), required=False, min_value=5, max_value=240)
    is_themed_activity = forms.BooleanField(label=_("主题活动"), required=False)
    remove = forms.BooleanField(label=_("删除"), required=False)

    def __init__(self, *args: Any, desk: Desk, venues: list[Any], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        stations = cast(forms.ChoiceField, self.fields["station"])
        stations.choices = [(str(row.pk), _short(row.title, desk, row.pk)) for row in desk.stations]
        cast(forms.ChoiceField, self.fields["venue"]).choices = [("", "—"), *((str(v.pk), v.name) for v in venues)]
        self.desk, self.venues = desk, venues
        self.people: tuple[list[Any], list[Any]] = ([], [])

    @property
    def is_blank(self) -> bool:
        """A new line in which nothing but the proposed times stands."""
        typed = (
            self.data.get(self.add_prefix(name), "").strip() for name in ("key", "day", "hosts", "guests", "theme")
        )
        return not any(typed)

    def read_people(self, people: People) -> None:
        hosts, wrong = people.hosts(self.cleaned_data["hosts"], self.cleaned_data["day"])
        for message in wrong:
            self.add_error("hosts", message)
        guests, wrong = people.guests(self.cleaned_data["guests"])
        for message in wrong:
            self.add_error("guests", message)
        self.people = (hosts, guests)

    def facts(self) -> dict[str, Any]:
        """What `PlannedRow` takes."""
        cleaned = self.cleaned_data
        stations = {str(row.pk): row for row in self.desk.stations}
        venues = {str(row.pk): row for row in self.venues}
        return {
            "key": cleaned["key"], "day": cleaned["day"], "start": cleaned["start"], "end": cleaned["end"],
            "station": stations[cleaned["station"]], "venue": venues.get(cleaned["venue"]),
            "theme": cleaned["theme"].strip(), "hosts": tuple(self.people[0]), "guests": tuple(self.people[1]),
            "capacity": cleaned["capacity"], "slot_minutes": cleaned["slot_minutes"] if cleaned["capacity"] else None,
            "is_themed_activity": cleaned["is_themed_activity"],
        }  # fmt: skip


def _short(title: str, desk: Desk, pk: int) -> str:
    """On a narrow grid: 主站, and sites without the name of their place."""
    return str(_("主站")) if pk == desk.main.pk else title.removeprefix(desk.division.name) or title


class MonthGrid:
    """All lines of one month: bound to what was posted, or filled from what is planned."""

    prefix = "row"
    most = 200

    def __init__(self, *, desk: Desk, sessions: list[ReceptionSession], data: Any = None) -> None:
        self.desk, self.venues, self.data = desk, desk.venues, data
        if data is None:
            initial = [_initial(row) for row in sessions]
            blank = {"start": time(9), "end": time(11, 30), "station": str(desk.main.pk)}
            initial += [dict(blank) for _n in range(EXTRA)]
            self.forms = [self._form(n, initial=each) for n, each in enumerate(initial)]
        else:
            text = str(data.get("rows", ""))
            count = min(int(text), self.most) if text.isdecimal() and len(text) < 6 else 0
            self.forms = [self._form(n, data=data) for n in range(count)]
        self.errors: list[str] = []

    def _form(self, number: int, **kwargs: Any) -> RowForm:
        return RowForm(desk=self.desk, venues=self.venues, prefix=f"{self.prefix}{number}", **kwargs)

    @property
    def filled(self) -> list[tuple[int, RowForm]]:
        """Lines that say something, with their number as shown, from 1."""
        return [
            (number, form)
            for number, form in enumerate(self.forms, 1)
            if not form.is_blank and not self._is_removed(form)
        ]

    @property
    def removed(self) -> list[str]:
        keys = (form.data.get(form.add_prefix("key"), "") for form in self.forms if self._is_removed(form))
        return [key for key in keys if key]

    def _is_removed(self, form: RowForm) -> bool:
        return bool(form.data.get(form.add_prefix("remove")))

    def is_valid(self) -> bool:
        """Shapes first, then the names, all lines of them in two queries."""
        rows = self.filled
        good = [form for _n, form in rows if form.is_valid()]
        people = People(self.desk.division, [form.cleaned_data["hosts"] for form in good])
        for form in good:
            form.read_people(people)
        return all(not form.errors for _n, form in rows)

    def refuse(self, errors: list[tuple[int, str]]) -> None:
        """What the service says, at its line; 0 is the whole grid."""
        for number, message in errors:
            if 0 < number <= len(self.forms):
                self.forms[number - 1].add_error(None, message)
            else:
                self.errors.append(message)


def _initial(row: ReceptionSession) -> dict[str, Any]:
    hosts = [each.deputy for each in row.host_rows.all()]
    guests = [(each.role, each.post) for each in row.guest_rows.all()]
    return {
        "key": row.key, "day": row.date, "start": row.start, "end": row.end, "station": str(row.station_id),
        "venue": str(row.venue_id or ""), "hosts": host_texts(hosts), "guests": guest_texts(guests),
        "theme": row.theme, "capacity": row.capacity, "slot_minutes": row.slot_minutes,
        "is_themed_activity": row.is_themed_activity,
    }  # fmt: skip
