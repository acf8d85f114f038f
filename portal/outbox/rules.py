"""By which ways somebody is told, when to try again, and the name a letter keeps for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import ceil

SITE, EMAIL, DIGEST, SMS, VISIT = "site", "email", "digest", "sms", "visit"
# how often by one channel; AUTO (text messages only): where no mail reaches the person
IMMEDIATE, DAILY, NONE, AUTO = "immediate", "daily", "none", "auto"
QUIETER = (IMMEDIATE, DAILY, NONE)


@dataclass(frozen=True)
class Wish:
    """How somebody wants to hear of one kind beyond the inbox: `email` of QUIETER, `sms` AUTO, IMMEDIATE or NONE."""

    email: str = IMMEDIATE
    sms: str = AUTO
    digests: bool = True

    def quieter(self, frequency: str) -> "Wish":
        """Never louder than `frequency`; who wants to hear of one subject rarely gets no text message of it."""
        email = max(self.email, frequency, key=QUIETER.index)
        return replace(self, email=email, sms=self.sms if frequency == IMMEDIATE else NONE)

    def wants_mail(self) -> bool:
        return self.email == IMMEDIATE or (self.email == DAILY and self.digests)


@dataclass(frozen=True)
class Contact:
    """How one person can be told now. `mobile` and `email` are empty unless they are known to work.

    `in_person` marks somebody who has neither and must be phoned on a landline or visited; `name`, `telephone` and
    `place` are for the member of staff who does it.
    """

    email: str = ""
    mobile: str = ""
    in_person: bool = False
    name: str = ""
    telephone: str = ""
    place: str = ""
    division_id: int | None = None


def ways_to_tell(contact: Contact, *, wish: Wish, has_email: bool, has_sms: bool, by_sms: bool = True) -> list[str]:
    """The channels beyond the inbox on the site: at most one, so that one event rings one bell.

    `has_email` and `has_sms` say whether the installation can send at all.
    """
    has_address = bool(contact.email) and has_email
    if has_address and wish.wants_mail():
        return [DIGEST if wish.email == DAILY else EMAIL]
    if contact.mobile and has_sms:
        steps_in = wish.sms == AUTO and not has_address and wish.email == IMMEDIATE
        return [SMS] if by_sms and (wish.sms == IMMEDIATE or steps_in) else []
    if contact.in_person and not has_address and not contact.mobile and wish.email == IMMEDIATE:
        return [VISIT]
    return []


def next_try(now: datetime, attempts: int, waits: Sequence[int]) -> datetime | None:
    """When to try again after `attempts` failures; None when the patience (minutes in `waits`) is used up."""
    return now + timedelta(minutes=waits[attempts - 1]) if attempts <= len(waits) else None


def digest_window(local_now: datetime, hour: int) -> tuple[date, datetime]:
    """The day of the summary that is due, and the moment before which its messages were queued.

    The window opens at `hour` o'clock and lasts to the next one, however late in it the summary is sent.
    """
    opens = datetime.combine(local_now.date(), time(hour), tzinfo=local_now.tzinfo)
    if local_now < opens:
        opens -= timedelta(days=1)
    return opens.date(), opens


def rest_after(failures: int, longest: int = 60) -> timedelta:
    """How long a channel that did not answer `failures` times in a row is left alone: 1, 2, 4 … `longest` minutes."""
    return timedelta(minutes=min(2 ** (failures - 1), longest))


def text_parts(words: str) -> int:
    """What a text message costs: one up to 70 characters, longer ones in pieces of 67."""
    return 1 if len(words) <= 70 else ceil(len(words) / 67)
