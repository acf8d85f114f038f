"""Reporting a mistake, and answering it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.idempotency.services import once
from portal.jurisdictions.selectors import site_profile
from portal.trail.services import record

from .models import Correction
from .notifications import correction_answered, correction_waits
from .permissions import user_can_answer_correction
from .registry import place_of
from .states import State, may_move


class AlreadyAnswered(Exception):
    """Somebody else was quicker."""


def report_correction(
    *, address: str, words: str, contact: str = "", reporter: Any = None, form_key: str, fingerprint: str
) -> Correction:
    """One row, however often the button is pressed. It goes to the page's division, else to the site's own."""

    def write() -> str:
        place = place_of(address)
        profile = site_profile()
        division = place.division if place and place.division else profile.division if profile else None
        row = Correction.objects.create(
            address=address,
            page_title=place.title[:200] if place else "",
            division=division,
            words=words,
            contact=contact,
            reporter=reporter,
            created_at=timezone.now(),
        )
        record(subject_kind="correction", subject_key=str(row.pk), verb="correction_reported", actor=reporter)
        correction_waits(row)
        return str(row.pk)

    outcome = once(key=form_key, scope="correction", fingerprint=fingerprint, action=write)
    return Correction.objects.get(pk=outcome.result)


@transaction.atomic
def answer_correction(*, correction: Correction, state: str, answer: str, by: Any) -> Correction:
    """已更正 or 不属实, with words for whoever reported it."""
    row = (
        Correction.objects.select_for_update(of=("self",)).select_related("division", "reporter").get(pk=correction.pk)
    )
    if not user_can_answer_correction(by, row):
        raise PermissionDenied(_("这条纠错不在您的工作范围内。"))
    if not may_move(State(row.state), State(state)):
        raise AlreadyAnswered
    before, row.state, row.answer = row.state, state, answer
    row.answered_by, row.answered_at = by, timezone.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(
        subject_kind="correction",
        subject_key=str(row.pk),
        verb="correction_answered",
        actor=by,
        from_state=before,
        to_state=state,
    )
    correction_answered(row)
    return row


def empty_corrections_of(user: Any) -> None:
    """On cancellation of an account the words stay, who wrote them does not."""
    Correction.objects.filter(reporter=user).update(contact="", reporter=None)
