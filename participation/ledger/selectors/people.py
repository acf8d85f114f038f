"""Who must still hear, and what still stands in the way."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import HandlingUnit, RoleAssignment, User
from portal.jurisdictions.selectors import terms_in_force
from portal.outbox.registry import Absent

from ..models import Assignment, Commitment, LedgerItem, Objection, Party, Reply
from ..rules.conditions import ContactMade, contact_is_enough, needs_face_to_face
from .clocks import terms_day
from .suggestions import report_obstacles


def absent_parties(reference: str) -> list[Absent]:
    """Parties without an account, for the 告知任务 of staff."""
    rows = Party.objects.filter(item__reference=reference, user=None)
    return [Absent(name=row.name, telephone=row.phone, entered_by=row.added_by_id) for row in rows]


def contact_obstacle(item: LedgerItem) -> str:
    """X24: empty, or why the unit has not yet spoken with whoever raised it."""
    terms = terms_in_force(item.division, terms_day(item))
    required = bool(terms.face_to_face_required)
    contacts = [ContactMade(each.way, each.on) for each in item.contacts.filter(leg=item.leg)]
    reachable = item.parties.filter(is_reachable=True).count()
    if contact_is_enough(
        source=item.origin, face_to_face_required=required, reachable_parties=reachable, contacts=contacts
    ):
        return ""
    if needs_face_to_face(item.origin, required):
        return _("“办理单位做到每件建议办理都有‘见面沟通’”：请先登记与提出人的见面沟通。")
    return _("请先与提出人联系：电话、上门或见面一次，或登记两次联系未果、本人不要求。")


def unanswered_parties(reply: Reply) -> list[Party]:
    """C34: parties to whom this reply was not yet fed back."""
    return list(Party.objects.filter(item=reply.item_id).exclude(feedbacks__reply=reply).order_by("pk"))


def close_off_obstacles(item: LedgerItem) -> list[str]:
    """Why it cannot be closed off yet; [] when nothing stands in the way."""
    found = []
    waiting = item.commitments.filter(state=Commitment.State.OPEN).count()
    if waiting:
        found.append(_("还有%d项承诺未落实，落实或说明理由撤回后才能销号。") % waiting)
    if item.objections.filter(state=Objection.State.OPEN).exists():
        found.append(_("有异议尚未处理。"))
    return [*found, *report_obstacles(item)]


def entered_for_unit(item: LedgerItem, by: Any) -> bool:
    """Whether this person entered a receipt or a reply of the unit from its paper: another one closes off."""
    replies = Reply.objects.filter(Q(drafted_by=by) | Q(signed_by=by), item=item, is_proxy=True)
    return replies.exists() or Assignment.objects.filter(item=item, signed_for_by=by, is_proxy=True).exists()


def heads_of_unit(unit: HandlingUnit) -> Any:
    """Whoever signs its replies today."""
    held = RoleAssignment.objects.current(timezone.localdate()).filter(unit=unit, is_head=True)
    return User.objects.active().filter(pk__in=held.values("user"))
