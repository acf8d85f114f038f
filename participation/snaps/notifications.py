"""Who is told what: the sender, and whoever follows or saw it too. The words are in templates/emails/snaps/."""

from typing import Any

from django.template.loader import render_to_string

from participation.ledger.rules.diversion import CHANNELS
from participation.ledger.rules.happening import Happening
from portal.follows.services import queue_to_followers
from portal.outbox.services import queue_messages

from .models import ACTION_LABELS, SnapReport
from .states import Action

SUBJECT_KIND = "snap"
KIND_OWN = "own_snap"
KIND_FOLLOWED = "followed_snap"


def _letter(snap: SnapReport, happening: Happening, kind: str) -> dict[str, Any]:
    context = {
        "snap": snap,
        "what": ACTION_LABELS[Action(happening.verb)],
        "reason": happening.reason,
        "is_own": kind == KIND_OWN,
        "channel": CHANNELS.get(snap.diverted_to),
    }
    title, _newline, body = render_to_string("emails/snaps/moved.txt", context).strip().partition("\n")
    return {
        "event": f"snap:{snap.number}:{happening.verb}:{happening.key}",
        "kind": kind,
        "title": title.strip(),
        "body": body.strip(),
        "url": snap.get_absolute_url(),
        "subject_kind": SUBJECT_KIND,
        "subject_key": snap.number,
    }


def snap_moved(snap: SnapReport, happening: Happening) -> None:
    """The sender always; followers once it is public. One event, nobody hears it twice."""
    queue_messages(recipients=[snap.sender], **_letter(snap, happening, KIND_OWN))
    if snap.is_public:
        queue_to_followers(**_letter(snap, happening, KIND_FOLLOWED))
