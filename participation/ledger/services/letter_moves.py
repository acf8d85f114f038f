"""What every step of a letter does: lock and re-read, ask who and whether, write, record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.trail.services import record

from ..models import LETTER_ACTIONS, Letter
from ..permissions import DIRECT, MANAGE
from ..rules.letters import LETTER_MOVES, LetterAction, LetterState
from ..selectors.letters import letter_version

SUBJECT_KIND = "letter"


def user_can_write_letters(user: Any, division: Division) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(MANAGE, division))


def locked_letter(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(of=("self",)).select_related("division", "unit").get(pk=letter.pk)


def require_writer(by: Any, division: Division) -> None:
    if not user_can_write_letters(by, division):
        raise letter_not_for(MANAGE)


def opened_letter(letter: Letter, by: Any, permission: str = MANAGE) -> Letter:
    row = locked_letter(letter)
    if not (by.is_active and by.has_perm(permission, row.division)):
        raise letter_not_for(permission)
    return row


def letter_not_for(permission: str) -> PermissionDenied:
    """The refusal of a person, to be raised: it says who takes this step of a letter."""
    who = _("人大街道工委主任") if permission == DIRECT else _("人大街道工委")
    return PermissionDenied(_("公文的这一步由%s办理，您的账号不能办这一步。") % who)


def check_letter_version(letter: Letter, version: str) -> None:
    """Refused where the letter is not as the page showed it; call it inside the transaction of the step itself."""
    if version != letter_version(locked_letter(letter)):
        raise Refused(_("您打开页面之后，这份公文有了改动。请核对上面的内容后再提交，您填写的内容都还在。"))


def require_letter_move(row: Letter, action: LetterAction) -> LetterState:
    after = LETTER_MOVES[action].get(LetterState(row.state))
    if after is None:
        raise Refused(
            _("该公文当前为“%(state)s”，不能%(action)s。")
            % {"state": row.get_state_display(), "action": LETTER_ACTIONS[action]}
        )
    return after


def move_letter(
    row: Letter, action: LetterAction, by: Any, *, capacity: str = "committee", reason: str = "", **fields: Any
) -> Letter:
    before, after = row.state, require_letter_move(row, action)
    for name, value in fields.items():
        setattr(row, name, value)
    row.state = after
    row.save()
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=str(row.pk),
        verb=action,
        actor=by,
        capacity=capacity,
        from_state=before,
        to_state=after,
        reason=reason,
        detail={"number": row.number} if row.number else {},
    )
    return row


def record_letter(row: Letter, verb: str, by: Any, detail: dict[str, Any] | None = None) -> None:
    """What is no move: a scan that was attached, shown or withdrawn."""
    record(subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb=verb, actor=by, capacity="committee",
           detail=detail or {})  # fmt: skip
