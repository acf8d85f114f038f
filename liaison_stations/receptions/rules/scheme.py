"""“1+4”: requirements that hold under every reading, and the month check over what was held (domain.md 1.4 a).

Nothing here knows 1 or 4. A requirement counts held sessions: by kind of place and by who came (`sessions`, each
session for one requirement only), or those that hold everything it asks for inside them (`per_session`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .days import fits
from .matching import most_pairs

VENUE_KINDS = ("any", "main", "site")
HOST_ROLES = ("any", "leading_cadre", "leading_or_upper", "upper", "national", "province", "city", "county", "township")
GUEST_MODES = ("none", "at_least_one", "all")
COUNT_UNITS = ("sessions", "per_session")
TASKS = ("宣讲", "接待", "走访", "反馈")
UPPER = frozenset({"national", "province", "city"})


@dataclass(frozen=True)
class Requirement:
    """One line of a scheme. `min_count` is per month; `min_hosts` maps a role of hosts to how many different people."""

    name: str
    min_count: int = 1
    venue_kind: str = "any"
    host_role: str = "any"
    guest_roles: tuple[str, ...] = ()
    guest_mode: str = "none"
    day_rule: str = ""
    distinct_sites: bool = False
    count_unit: str = "sessions"
    min_hosts: Mapping[str, int] = field(default_factory=dict)
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """The facts of one session that was held. `hosts` are the roles of each deputy who came, `guests` what each guest
    stands for; `planned_day` is the day before it was shifted or moved."""

    key: str
    station: str
    is_main: bool
    day: date
    planned_day: date | None = None
    hosts: tuple[frozenset[str], ...] = ()
    guests: tuple[frozenset[str], ...] = ()
    theme: str = ""
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """`3/4` of one requirement; `sessions` are the keys that count for it."""

    requirement: Requirement
    count: int
    sessions: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return self.count >= self.requirement.min_count

    def __str__(self) -> str:
        return f"{self.count}/{self.requirement.min_count}"


def host_roles(*, level: str, is_leading_cadre: bool) -> frozenset[str]:
    """What a deputy counts as."""
    roles = {"any", level}
    if is_leading_cadre:
        roles |= {"leading_cadre", "leading_or_upper"}
    if level in UPPER:
        roles |= {"upper", "leading_or_upper"}
    return frozenset(roles)


def satisfies(requirement: Requirement, session: Session) -> bool:
    """Whether this one session is of the kind that the requirement asks for."""
    if requirement.venue_kind == "main" and not session.is_main:
        return False
    if requirement.venue_kind == "site" and session.is_main:
        return False
    if not any(requirement.host_role in roles for roles in session.hosts):
        return False
    days = [day for day in (session.day, session.planned_day) if day is not None]
    if requirement.day_rule and not any(fits(requirement.day_rule, day) for day in days):
        return False
    if not set(requirement.tasks) <= set(session.tasks):
        return False
    return _has_guests(requirement, session) and _has_hosts(requirement, session)


def _has_guests(requirement: Requirement, session: Session) -> bool:
    if requirement.guest_mode == "none":
        return True
    wanted = requirement.guest_roles
    found = most_pairs([[n for n, guest in enumerate(session.guests) if role in guest] for role in wanted])
    return bool(found) and (requirement.guest_mode == "at_least_one" or len(found) == len(wanted))


def _has_hosts(requirement: Requirement, session: Session) -> bool:
    """Each place in `min_hosts` needs a deputy of its own."""
    seats = [role for role, count in requirement.min_hosts.items() for _seat in range(count)]
    return len(most_pairs([[n for n, roles in enumerate(session.hosts) if seat in roles] for seat in seats])) == len(
        seats
    )


def check_month(requirements: Sequence[Requirement], held: Sequence[Session]) -> list[Checked]:
    """Each requirement with what counts for it, as many met as can be. Only held sessions may be passed in."""
    fitting = {number: _candidates(each, held) for number, each in enumerate(requirements)}
    exclusive = [number for number, each in enumerate(requirements) if each.count_unit == "sessions"]
    given = _shared_out(requirements, exclusive, fitting)
    found = []
    for number, requirement in enumerate(requirements):
        counted = given[number] if number in given else fitting[number]
        found.append(Checked(requirement, len(counted), tuple(session.key for session in counted)))
    return found


def _candidates(requirement: Requirement, held: Sequence[Session]) -> list[Session]:
    rows = sorted((each for each in held if satisfies(requirement, each)), key=lambda each: (each.day, each.key))
    if not requirement.distinct_sites:
        return rows
    return list({row.station: row for row in reversed(rows)}.values())[::-1]


def _shared_out(
    requirements: Sequence[Requirement], exclusive: Sequence[int], fitting: Mapping[int, list[Session]]
) -> dict[int, list[Session]]:
    """Each session for one requirement only: first as many places filled as can be, then the surplus in order."""
    given: dict[int, list[Session]] = {number: [] for number in exclusive}
    seats = [number for number in exclusive for _seat in range(requirements[number].min_count)]
    sessions = list({row.key: row for number in exclusive for row in fitting[number]}.values())
    position = {row.key: n for n, row in enumerate(sessions)}
    pairs = most_pairs([[position[row.key] for row in fitting[number]] for number in seats])
    for seat, session in sorted(pairs.items()):
        given[seats[seat]].append(sessions[session])
    spent = {sessions[session].key for session in pairs.values()}
    for number in exclusive:
        more = [row for row in fitting[number] if row.key not in spent]
        given[number] = sorted([*given[number], *more], key=lambda row: (row.day, row.key))
        spent |= {row.key for row in more}
    return given
