"""What people do with their own messages."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import DigestHour, Message, Preference

Frequency = Preference.Frequency


def mark_read(*, user: Any, message_id: int) -> int:
    """How many became read: 0 when it was read before or is somebody else's."""
    return Message.objects.filter(recipient=user, pk=message_id, read_at=None).update(read_at=timezone.now())


def mark_matter_read(*, user: Any, subject_kind: str, subject_key: str) -> int:
    """What the person has of one matter, on other pages too."""
    about = {"subject_kind": subject_kind, "subject_key": subject_key}
    return Message.objects.filter(recipient=user, read_at=None, **about).update(read_at=timezone.now())


def mark_all_read(*, user: Any) -> int:
    return Message.objects.filter(recipient=user, read_at=None).update(read_at=timezone.now())


def set_preference(*, user: Any, kind: str, channel: str, frequency: str) -> None:
    """How often `kind` leaves the site by `channel`; the inbox itself always keeps everything."""
    Preference.objects.bulk_create(
        [Preference(user=user, kind=kind, channel=channel, frequency=Frequency(frequency))],
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["frequency"],
    )


def save_preferences(*, user: Any, changes: Mapping[str, Any]) -> None:
    """`changes` by field of the page: "hour", "digests" (yes or no), and "<channel>-<kind>" with a frequency."""
    with transaction.atomic():
        for name, value in changes.items():
            if name == "hour":
                set_digest_hour(user=user, hour=value)
            elif name == "digests":
                want_digests(user=user, wanted=value == "yes")
            else:
                channel, _dash, kind = name.partition("-")
                set_preference(user=user, kind=kind, channel=channel, frequency=value)


def unsubscribe(*, user: Any, kind: str) -> None:
    """Nothing of `kind` leaves the site any more; "" stands for every kind on the settings page."""
    with transaction.atomic():
        if not kind:
            Preference.objects.filter(user=user).delete()
        if kind == Preference.DIGESTS:
            want_digests(user=user, wanted=False)
            return
        for channel in [Preference.Channel.EMAIL, Preference.Channel.SMS]:
            set_preference(user=user, kind=kind, channel=channel, frequency=Frequency.NONE)


def want_digests(*, user: Any, wanted: bool) -> None:
    """Whether a daily summary comes at all; without it its messages are in the inbox only."""
    if wanted:
        Preference.objects.filter(user=user, kind=Preference.DIGESTS).delete()
    else:
        set_preference(user=user, kind=Preference.DIGESTS, channel=Preference.Channel.EMAIL, frequency=Frequency.NONE)


def set_digest_hour(*, user: Any, hour: int) -> None:
    """What waits already comes at the new hour, and still one summary a day."""
    DigestHour.objects.update_or_create(user=user, defaults={"hour": hour})
