"""What every step of a letter does: lock and re-read, ask who and whether, write, record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.trail.services import record

from ..models import LETTER_ACTIONS, Assignment, Letter, LetterItem
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


def settle_letters(assignment: Assignment, by: Any, *, is_proxy: bool = False) -> None:
    """After a unit signed for or sent back an assignment on the item's own page: the letter that carried it follows.

    While one of its matters waits the letter waits too; then received, or 已退回 where the unit kept none of them.
    """
    letters = Letter.objects.select_for_update(of=("self",)).filter(
        lines__assignment=assignment, state=LetterState.ISSUED
    )
    for letter in letters.order_by("pk"):
        carried = Assignment.objects.filter(letter_lines__letter=letter)
        states = set(carried.values_list("state", flat=True))
        if Assignment.State.SENT in states:
            continue
        capacity = "proxy" if is_proxy else "unit"
        signed = carried.filter(state=Assignment.State.SIGNED_FOR).order_by("-signed_for_on").first()
        if signed is not None and signed.signed_for_on is not None:
            move_letter(
                letter,
                LetterAction.RECEIVE,
                by,
                capacity=capacity,
                received_on=max(signed.signed_for_on, letter.issued_on or signed.signed_for_on),
                receiver_name=str(by.get_full_name())[:60],
                is_proxy=is_proxy,
            )
        else:
            reason = assignment.return_reason
            move_letter(letter, LetterAction.SEND_BACK, by, capacity=capacity, reason=reason, end_reason=reason[:200])


def supersede_letters(issued: Letter, by: Any) -> None:
    """What was sent back on an earlier letter leaves on this one: the earlier is superseded once nothing of it is left
    that did not leave anew."""
    items = list(issued.lines.filter(assignment__isnull=False).values_list("item", flat=True))
    earlier = Letter.objects.select_for_update(of=("self",)).filter(
        pk__in=LetterItem.objects.filter(item__in=items).values("letter"), state=LetterState.RETURNED
    )
    out = [LetterState.ISSUED, LetterState.RECEIVED]
    for letter in earlier.order_by("pk"):
        anew = LetterItem.objects.filter(letter__state__in=out, assignment__isnull=False).values("item")
        if letter.lines.exclude(item__in=anew).exists():
            continue
        reason = _("由%s取代") % issued.number
        move_letter(letter, LetterAction.SUPERSEDE, by, reason=reason, end_reason=reason[:200])
