"""Reads: divisions by key and their labels, the terms in force, who runs the site."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.hanzi.rules import fold
from portal.trail.subjects import Subject

from . import rules
from .models import Division, SiteProfile, TermsPeriod
from .querysets import DivisionQuerySet
from .terms import TermDefinition, UnknownTerm, definitions


def division_by_code(code: str) -> Division | None:
    """The division with this 12-digit code (or local id), or None."""
    return Division.objects.keyed(code).first() if code else None


def division_by_pk(text: str) -> Division | None:
    """The division that a list's option stands for, or None."""
    return Division.objects.filter(pk=text).first() if text.isdecimal() and len(text) < 12 else None


def descendants(division: Division) -> DivisionQuerySet:
    """Everything below, not the division itself; `Division.objects.within(division)` includes it."""
    return Division.objects.descendants_of(division)


def site_divisions() -> DivisionQuerySet:
    """The subdistricts and townships this site serves, with their parents, in the order of the tree."""
    profile = site_profile()
    rows = Division.objects.filter(level__in=[Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP])
    if profile is not None and profile.division is not None:
        rows = rows.filter(path__startswith=profile.division.path)
    return rows.select_related("parent").order_by("path")


def ancestors(division: Division) -> DivisionQuerySet:
    """From the province down to the direct parent."""
    return Division.objects.ancestors_of(division)


def full_names(divisions: Iterable[Division]) -> dict[int, str]:
    """Labels such as 长沙市雨花区东山街道 by primary key, in one query for any number of divisions.

    The province is left out unless it is the division itself.
    """
    wanted = list(divisions)
    paths = {path for division in wanted for path in rules.paths_up(division.path)}
    known = {division.path: division for division in wanted}
    missing = paths - known.keys()
    if missing:
        known |= {division.path: division for division in Division.objects.filter(path__in=missing)}

    def label(division: Division) -> str:
        line = [known[path] for path in reversed(rules.paths_up(division.path)) if path in known]
        return "".join(d.name for d in line if d.level != Division.Level.PROVINCE or d.pk == division.pk)

    return {division.pk: label(division) for division in wanted}


def full_name(division: Division) -> str:
    """One label such as 长沙市雨花区东山街道; for lists use `full_names`."""
    return full_names([division])[division.pk]


@dataclass(frozen=True)
class TermInForce:
    """One value and where it comes from: a period of the division or an ancestor, or the default (`period` None)."""

    definition: TermDefinition
    value: Any
    period: TermsPeriod | None = None
    clause: str = ""
    is_confirmed: bool = True
    note: str = ""

    @property
    def shown(self) -> str:
        return self.definition.display(self.value)


class Terms(Mapping[str, Any]):
    """The values in force for one division on one day: `terms["quorum_num"]` or `terms.quorum_num`."""

    def __init__(self, entries: dict[str, TermInForce]) -> None:
        self._entries = entries

    def __getitem__(self, key: str) -> Any:
        return self.entry(key).value

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        return self.entry(key).value

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, key: str) -> TermInForce:
        """The value with its origin; an unregistered key is a mistake and raises UnknownTerm."""
        if key not in self._entries:
            raise UnknownTerm(key)
        return self._entries[key]

    def entries(self) -> list[TermInForce]:
        return list(self._entries.values())


# Filled for the length of one request by the middleware, so that a page asks once per division and day, and once who
# runs the site.
_request_cache: ContextVar[dict[tuple[int, date], Terms] | None] = ContextVar("terms_in_force", default=None)
_request_profile: ContextVar[list[SiteProfile | None] | None] = ContextVar("site_profile", default=None)


@contextmanager
def terms_kept() -> Iterator[None]:
    """Within this block each division's terms are read once, and the site's profile. Never wider than one request:
    terms change."""
    token, profile_token = _request_cache.set({}), _request_profile.set([])
    try:
        yield
    finally:
        _request_cache.reset(token)
        _request_profile.reset(profile_token)


def forget_terms() -> None:
    """Called by the services that change terms or the profile, so that the same request sees its own change."""
    for cache in (_request_cache.get(), _request_profile.get()):
        if cache is not None:
            cache.clear()


def terms_by_division(divisions: Iterable[Division], on: date | None = None) -> dict[int, Terms]:
    """Terms in force by division pk, in one query for any number of divisions.

    `on` is a day in Shanghai, today by default. Per key the nearest division up the tree that has a period begun by
    then and naming the key decides, its newest such period first; else the default.
    """
    wanted = list(divisions)
    day = on or timezone.localdate()
    lines = {division.pk: rules.paths_up(division.path) for division in wanted}
    periods: dict[str, list[TermsPeriod]] = {}
    paths = {path for line in lines.values() for path in line}
    begun = TermsPeriod.objects.filter(division__path__in=paths).begun_by(day)
    for period in begun.newest_first().select_related("division"):
        periods.setdefault(period.division.path, []).append(period)
    return {pk: _resolve([p for path in line for p in periods.get(path, [])]) for pk, line in lines.items()}


def terms_by_division_and_day(pairs: Iterable[tuple[Division, date]]) -> dict[tuple[int, date], Terms]:
    """Terms in force by (division pk, day), in one query for any number of pairs; as `terms_by_division` for each."""
    wanted = {(division.pk, day): division for division, day in pairs}
    lines = {division.pk: rules.paths_up(division.path) for division in wanted.values()}
    paths = {path for line in lines.values() for path in line}
    latest = max((day for _pk, day in wanted), default=timezone.localdate())
    periods: dict[str, list[TermsPeriod]] = {}
    begun = TermsPeriod.objects.filter(division__path__in=paths).begun_by(latest)
    for period in begun.newest_first().select_related("division"):
        periods.setdefault(period.division.path, []).append(period)

    def in_force(pk: int, day: date) -> list[TermsPeriod]:
        line = (period for path in lines[pk] for period in periods.get(path, []))
        return [period for period in line if period.starts_on is None or period.starts_on <= day]

    return {(pk, day): _resolve(in_force(pk, day)) for pk, day in wanted}


def _resolve(nearest_first: list[TermsPeriod]) -> Terms:
    entries = {key: TermInForce(term, term.default, clause="") for key, term in definitions().items()}
    decided: set[str] = set()
    for period in nearest_first:
        for key, stored in period.values.items():
            if key in entries and key not in decided:
                decided.add(key)
                entries[key] = TermInForce(
                    definition=entries[key].definition,
                    value=stored["value"],
                    period=period,
                    clause=stored.get("clause", ""),
                    is_confirmed=stored.get("is_confirmed", True),
                    note=stored.get("note", ""),
                )
    return Terms(entries)


def terms_in_force(division: Division | None, on: date | None = None) -> Terms:
    """All terms of one division on one day; kept for the current request. Without a division: the defaults."""
    if division is None:
        return _resolve([])
    key = (division.pk, on or timezone.localdate())
    cache = _request_cache.get()
    if cache is not None and key in cache:
        return cache[key]
    terms = terms_by_division([division], key[1])[division.pk]
    if cache is not None:
        cache[key] = terms
    return terms


def term(division: Division | None, key: str, on: date | None = None) -> Any:
    """One value: `term(subdistrict, "quorum_num", on=session_date)`. Raises UnknownTerm for an unregistered key."""
    return terms_in_force(division, on)[key]


def site_profile() -> SiteProfile | None:
    """Who runs this site; None until the set-up is done. Kept for the current request."""
    cache = _request_profile.get()
    if cache:
        return cache[0]
    profile = SiteProfile.objects.select_related("division").filter(pk=SiteProfile.ONLY_ROW).first()
    if cache is not None:
        cache.append(profile)
    return profile


def site_name() -> str:
    """What letters and text messages call this site: the name from the set-up, else the one in settings."""
    profile = site_profile()
    return profile.site_name if profile else str(settings.WAGTAIL_SITE_NAME)


def divisions_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """Titles for trail entries about divisions and their terms; these have no public page of their own."""
    named = Division.objects.filter(Q(code__in=keys) | Q(local_id__in=keys))
    labels = full_names(named)
    return {d.key: Subject("division", d.key, labels[d.pk], "", lambda user: True) for d in named}


def site_profile_as_subject(keys: list[str]) -> dict[str, Subject]:
    profile = site_profile()
    return {key: Subject("site_profile", key, profile.site_name, "/", lambda user: True) for key in keys if profile}


DIVISION_COOKIE = "division"


def chosen_division(cookies: Mapping[str, str]) -> Division | None:
    """The visitor's remembered choice: a default for the home page and for forms, never a filter on an address."""
    return division_by_code(cookies.get(DIVISION_COOKIE, ""))


def divisions_matching(words: str, limit: int = 50) -> list[Division]:
    """By part of the name or the path, or by the beginning of the code; the highest level first."""
    words = "".join(unicodedata.normalize("NFKC", words).split())[:40]
    if not (plain := fold(words)):
        return []
    found = Division.objects.perhaps_called(words)[:500]
    labels = full_names(found)
    hits = [row for row in found if plain in fold(labels[row.pk] + row.name) or row.key.startswith(plain)]
    return sorted(hits, key=lambda division: (rules.RANKS[division.level], division.path))[:limit]


# --- Choosing a place, in two steps or by name ---------------------------------------------------------------------
# as many as may stand in one list; more are asked for in two steps
FEW = 24
Choices = list[tuple[str, Any]]


def communities_of(division: Division) -> list[Division]:
    return list(division.children.filter(level=Division.Level.COMMUNITY))


@dataclass(frozen=True)
class Places:
    """What the site serves: subdistricts with their counties, in the order of the tree."""

    divisions: list[Division]
    counties: list[Division] = field(init=False)
    by_code: dict[str, Division] = field(init=False)

    def __post_init__(self) -> None:
        parents = {d.parent.key: d.parent for d in self.divisions if d.parent and len(self.divisions) > 1}
        object.__setattr__(self, "counties", list(parents.values()))
        object.__setattr__(self, "by_code", {**parents, **{division.key: division for division in self.divisions}})

    @property
    def is_in_two_steps(self) -> bool:
        return len(self.divisions) > FEW and len(self.counties) > 1

    def is_county(self, division: Division) -> bool:
        return any(county.pk == division.pk for county in self.counties)

    def county(self, code: str) -> Division | None:
        return next((county for county in self.counties if county.key == code), None)

    def county_of(self, division: Division) -> Division | None:
        """The county it is or lies in."""
        return next((county for county in self.counties if division.path.startswith(county.path)), None)

    def subdistrict_of(self, division: Division) -> Division | None:
        """The subdistrict it is or lies in; None for a county and for what this site does not serve."""
        return next((row for row in self.divisions if division.path.startswith(row.path)), None)

    def within(self, county: Division) -> list[Division]:
        return [row for row in self.divisions if row.parent_id == county.pk]

    def found(self, words: str) -> list[Division]:
        return [row for row in self.divisions if words and words in row.name][:FEW]

    # --- Choices ---------------------------------------------------------------------------------------------
    def question(self, county: Division | None, found: list[Division]) -> Choices:
        """The radio buttons of the next question: what was found by name, a county's subdistricts, or the counties."""
        if found:
            return [(row.key, f"{row.name}（{row.parent.name}）" if row.parent else row.name) for row in found]
        if county is None and self.is_in_two_steps:
            return [(row.key, row.name) for row in self.counties]
        inside = self.within(county) if county else self.divisions
        unsure = [county] if county else self.counties
        if len(unsure) > 1:
            listed = [(row.key, f"{row.name}（{row.parent.name}）" if row.parent else row.name) for row in inside]
            return listed + [(row.key, _("%s，不清楚是哪个街道") % row.name) for row in unsure]
        return [(row.key, row.name) for row in inside] + [(row.key, _("不清楚是哪个街道")) for row in unsure]

    def filter_choices(self, chosen: Division | None, preferred: list[Division]) -> Choices:
        """For a filter: the visitor's own first, then all counties, then the subdistricts of the chosen county."""
        counties = [(row.key, row.name) for row in self.counties]
        groups: Choices = [(str(_("常用")), [(row.key, row.name) for row in preferred])] if preferred else []
        county = self.county_of(chosen) if chosen else None
        if not self.is_in_two_steps:
            for row in self.counties:
                whole = (row.key, _("%s（全部）") % row.name)
                groups.append((row.name, [whole, *((each.key, each.name) for each in self.within(row))]))
            if not self.counties:
                groups.append((str(_("街道（乡镇）")), [(each.key, each.name) for each in self.divisions]))
            return groups
        if county:
            rows = [(row.key, row.name) for row in self.within(county)]
            groups.append((_("%s的街道（乡镇）") % county.name, rows))
        return [*groups, (str(_("区、县（市）")), counties)]


def site_places() -> Places:
    return Places(list(site_divisions()))
