"""Names as they are typed on a grid or in a sheet, read as deputies and guests of a place."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from portal.jurisdictions.models import Division

from ..models import GuestRole
from .places import guest_roles

_BETWEEN = re.compile(r"[、,，;；\n\t]+")
_BRACKETS = re.compile(r"^(?P<name>[^（(]+)(?:[（(](?P<more>[^）)]*)[）)])?$")


def pieces(text: str) -> list[tuple[str, str]]:
    """甲、乙（第一选区） as pairs of name and what stands in brackets."""
    found = []
    for piece in _BETWEEN.split(text or ""):
        match = _BRACKETS.fullmatch(piece.strip())
        if match is not None:
            found.append((match["name"].strip(), (match["more"] or "").strip()))
        elif piece.strip():
            found.append((piece.strip(), ""))
    return found


class People:
    """Everybody named in `texts`, read in two queries: those who serve the place go before others of its county."""

    def __init__(self, division: Division, texts: Iterable[str]) -> None:
        names = {name for text in texts for name, _more in pieces(text)}
        county = division.parent or division
        near = Q(division__path__startswith=county.path) | Q(division__path__in=[division.path, county.path])
        rows = Deputy.objects.filter(near, name__in=names).select_related("congress", "district", "division")
        self.division = division
        self.deputies: dict[str, list[Deputy]] = {}
        for row in rows.order_by("pk"):
            self.deputies.setdefault(row.name, []).append(row)
        self.roles = guest_roles()

    def hosts(self, text: str, on: date) -> tuple[list[Deputy], list[str]]:
        """Deputies in office on the day, and what could not be read."""
        found: list[Deputy] = []
        wrong = []
        for name, more in pieces(text):
            rows = [row for row in self.deputies.get(name, []) if _serves(row, on)]
            if more:
                rows = [row for row in rows if more in {row.title, str(row.district or ""), row.get_level_display()}]
            own = [row for row in rows if row.division_id == self.division.pk]
            rows = own or rows
            if len(rows) > 1:
                wrong.append(_("有%(count)d位代表叫%(name)s，请在姓名后加括号写选区或层级。")
                             % {"count": len(rows), "name": name})  # fmt: skip
            elif not rows:
                wrong.append(_("代表名册里没有在任的“%s”。") % name)
            elif rows[0] in found:
                wrong.append(_("%s写了两次。") % name)
            else:
                found.append(rows[0])
        return found, wrong

    def guests(self, text: str) -> tuple[list[tuple[GuestRole, str]], list[str]]:
        """法官、派出所所长（示例派出所所长）: a kind from the list, the real post in brackets."""
        found, wrong = [], []
        for name, more in pieces(text):
            if role := self.roles.get(name):
                found.append((role, more[:40]))
            else:
                wrong.append(_("“%(name)s”不在到站人员类别里，可以写：%(known)s。")
                             % {"name": name, "known": "、".join(self.roles)})  # fmt: skip
        return found, wrong


def _serves(deputy: Deputy, on: date) -> bool:
    return not deputy.is_void and deputy.starts_on <= on and (deputy.ends_on is None or deputy.ends_on >= on)


def host_texts(deputies: Sequence[Deputy]) -> str:
    """As `People.hosts` reads them back: a name that two share gets its district."""
    names = [deputy.name for deputy in deputies]
    return "、".join(
        f"{each.name}（{each.district or each.title}）" if names.count(each.name) > 1 else each.name
        for each in deputies
    )


def guest_texts(guests: Sequence[tuple[GuestRole, str]]) -> str:
    return "、".join(f"{role.name}（{post}）" if post else role.name for role, post in guests)


def deputies_near(division: Division, on: date) -> list[Deputy]:
    """Who may be asked to come: of the place itself, in office."""
    rows = Deputy.objects.in_office(on).filter(division__path__startswith=division.path)
    return list(rows.select_related("congress", "district").order_by("level", "name")[:300])
