"""The public schedule's filters: only these names are read from an address."""

import re
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from portal.jurisdictions.forms import DivisionFilterForm
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places

from ..selectors.schedule import Chosen

MANY = 60
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def month_of(text: str) -> tuple[int, int]:
    """2026-12 as year and month; anything else is the present month."""
    match = _MONTH.fullmatch(text or "")
    if match is None:
        today = timezone.localdate()
        return today.year, today.month
    return int(match[1]), int(match[2])


class ScheduleForm(DivisionFilterForm):
    """GET only. Stations and deputies are offered once a street is chosen: a city's 900 stand in no list."""

    station = forms.ChoiceField(label=_("联络站（点）"), required=False)
    deputy = forms.ChoiceField(label=_("人大代表"), required=False)

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data, places=places, preferred=preferred)
        self.month = month_of(data.get("month", ""))
        self.station_row, self.deputy_row = self._station(data), self._deputy(data)
        place = self.asked or (self.station_row.division if self.station_row else None)
        self._offer("station", _("全部站点"), self._stations(place), self.station_row)
        self._offer("deputy", _("全部代表"), self._deputies(place), self.deputy_row)
        self.is_valid()

    def _station(self, data: Any) -> LiaisonStation | None:
        text = data.get("station") or ""
        rows = LiaisonStation.objects.live().public().select_related("division")
        return rows.filter(pk=text).first() if text.isdecimal() and len(text) < 10 else None

    def _deputy(self, data: Any) -> Deputy | None:
        text = data.get("deputy") or ""
        return Deputy.objects.filter(pk=text).first() if text.isdecimal() and len(text) < 10 else None

    def _stations(self, place: Division | None) -> list[Any]:
        if place is None:
            return []
        rows = LiaisonStation.objects.live().public().filter(division__path__startswith=place.path)
        return list(rows.order_by("division__path", "path")[: MANY + 1])

    def _deputies(self, place: Division | None) -> list[Any]:
        if place is None:
            return []
        rows = Deputy.objects.in_office(timezone.localdate()).filter(division__path__startswith=place.path)
        return list(rows.order_by("name", "pk")[: MANY + 1])

    def _offer(self, name: str, everything: Any, rows: list[Any], chosen: Any) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        if len(rows) > MANY:
            rows = []
        if chosen is not None and all(row.pk != chosen.pk for row in rows):
            rows = [*rows, chosen]
        if not rows:
            field.help_text = _("先选街道（乡镇），再选这一项。")
        labels = [(str(row.pk), row.name if isinstance(row, Deputy) else row.title) for row in rows]
        field.choices = [("", everything), *labels]
        field.error_messages["invalid_choice"] = _("请从列表中选择")

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.asked, self.station_row, self.deputy_row)

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.data.get("day", ""))
        except ValueError:
            return None
