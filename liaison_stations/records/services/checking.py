"""What must be true of a record before it is written."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.receptions.models import ReceptionSession
from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division

from ..rules.naming import SAID_LENGTH, SHORTEST_SAID


def checked_said(text: str) -> str:
    text = text.strip()
    if sum(character.isalnum() for character in text) < SHORTEST_SAID:
        raise Refused(_("请写清楚反映的内容，至少%d个字。") % SHORTEST_SAID)
    if len(text) > SAID_LENGTH:
        raise Refused(_("内容不能超过%d字。") % SAID_LENGTH)
    return text


def checked_deputies(session: ReceptionSession, deputies: Iterable[Deputy]) -> list[Deputy]:
    """Of those who came (on the day itself: who are on the list); nobody chosen: all of them."""
    rows = session.host_rows.select_related("deputy")
    came = {row.deputy_id: row.deputy for row in rows if row.attended or (row.attended is None and not session.is_held)}
    chosen = list(deputies)
    if any(each.pk not in came for each in chosen):
        raise Refused(_("请从到站的代表里选。"))
    return chosen or list(came.values())


def checked_community(session: ReceptionSession, community: Division | None) -> None:
    if community is not None and not community.path.startswith(session.division.path):
        raise Refused(_("所选社区（村）不属于该街道（乡镇）。"))
