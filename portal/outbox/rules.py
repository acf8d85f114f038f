"""By which ways somebody is told, when to try again, and the name a letter keeps for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

SITE, EMAIL, DIGEST, SMS, VISIT = "site", "email", "digest", "sms", "visit"


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


def ways_to_tell(
    contact: Contact, *, wants_to_hear: bool, has_email: bool, has_sms: bool, daily: bool = False, by_sms: bool = True
) -> list[str]:
    """The channels beyond the inbox on the site: at most one, so that one event rings one bell.

    `has_email` and `has_sms` say whether the installation can send at all.
    """
    if not wants_to_hear:
        return []
    if contact.email and has_email:
        return [DIGEST if daily else EMAIL]
    if contact.mobile and has_sms:
        return [SMS] if by_sms and not daily else []
    if contact.in_person and not contact.mobile:
        return [VISIT]
    return []


def next_try(now: datetime, attempts: int, waits: Sequence[int]) -> datetime | None:
    """When to try again after `attempts` failures; None when the patience (minutes in `waits`) is used up."""
    return now + timedelta(minutes=waits[attempts - 1]) if attempts <= len(waits) else None


def next_digest(local_now: datetime, hour: int) -> datetime:
    """The next full `hour` o'clock of the local day, strictly later than now."""
    today = datetime.combine(local_now.date(), time(hour), tzinfo=local_now.tzinfo)
    return today if local_now < today else today + timedelta(days=1)
