"""A channel that does not answer is left alone for a while, longer each time, so that a run costs no time-outs."""

from django.db import transaction
from django.utils import timezone

from ..models import ChannelRest
from ..rules import rest_after


def is_resting(channel: str) -> bool:
    return ChannelRest.objects.filter(channel=channel, until__gt=timezone.now()).exists()


def let_rest(channel: str, problem: str) -> None:
    now = timezone.now()
    first = {"since": now, "until": now, "failures": 0}
    with transaction.atomic():
        ChannelRest.objects.get_or_create(channel=channel, defaults=first)
        row = ChannelRest.objects.select_for_update().get(channel=channel)
        row.failures += 1
        row.until, row.problem = now + rest_after(row.failures), problem[:300]
        row.save()


def it_answers(channel: str) -> None:
    ChannelRest.objects.filter(channel=channel).delete()
