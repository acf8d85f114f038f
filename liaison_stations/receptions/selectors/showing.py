"""A session as anybody may see it: the one place where names are left out, for pages, calendars, prints and chats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Terms, terms_by_division

from ..models import ReceptionSession
from ..rules.naming import Host, names_in_public
from ..states import Status

TERM = "cadre_names_ahead"


@dataclass(frozen=True)
class Shown:
    """One session with the names that are public now."""

    session: ReceptionSession
    hosts: list[str]
    guests: list[str]

    @property
    def note(self) -> str:
        """已取消、已改期 in words, with the reason and where it went."""
        row = self.session
        if row.status == Status.CANCELLED:
            return _("已取消：%s") % row.public_reason
        if row.status == Status.MOVED and row.moved_to is not None:
            to = row.moved_to
            where = "" if to.station_id == row.station_id else to.station.title
            words = {"day": f"{to.date.month}月{to.date.day}日", "time": f"{to.start:%H:%M}", "where": where}
            return _("已改到%(day)s%(time)s%(where)s") % words + _("：%s") % row.public_reason
        return ""


def shown(rows: Iterable[ReceptionSession]) -> list[Shown]:
    """Rows of `for_list()`; one query for the terms of all their places."""
    found = list(rows)
    divisions: dict[int, Division] = {row.station.division_id: row.division for row in found}
    terms: dict[int, Terms] = terms_by_division(divisions.values()) if divisions else {}
    return [_shown(row, bool(terms[row.station.division_id][TERM])) for row in found]


def shown_of(row: ReceptionSession) -> Shown:
    return shown([row])[0]


def _shown(row: ReceptionSession, cadres_ahead: bool) -> Shown:
    hosts = [Host(each.deputy.name, each.is_leading_cadre, each.attended) for each in row.host_rows.all()]
    guests = [str(each) for each in row.guest_rows.all() if not row.is_held or each.attended]
    return Shown(row, names_in_public(hosts, is_held=row.is_held, cadres_ahead=cadres_ahead), guests)


def named_deputies(rows: Iterable[ReceptionSession]) -> list[Deputy]:
    """Deputies of rows of `for_list()` who may be named now: leading cadres ahead of time only by the terms."""
    found = list(rows)
    ahead = cadres_named_ahead([row.division for row in found]) if found else {}
    named = {
        host.deputy.pk: host.deputy
        for row in found
        for host in row.host_rows.all()
        if row.is_held or ahead[row.station.division_id] or not host.is_leading_cadre
    }
    return list(named.values())


def cadres_named_ahead(divisions: Sequence[Division]) -> dict[int, bool]:
    return {pk: bool(terms[TERM]) for pk, terms in terms_by_division(divisions).items()}
