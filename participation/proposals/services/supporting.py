"""附议: exactly one row per person and proposal, and a counter that is the number of rows."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused

from ..models import Proposal, Support
from ..permissions import user_can_support_proposal
from .moves import locked


@transaction.atomic
def support_proposal(*, proposal: Proposal, user: Any) -> bool:
    """True when this call added the support; a repeat is a no-op, so parallel requests may all call it.

    The row is locked first: whether supports are taken is asked of the row as it is now, and the insert, the counter
    and a closing transition can never interleave.
    """
    row = locked(proposal)
    if not user_can_support_proposal(user, row):
        raise PermissionDenied
    if not row.is_open_to_support:
        raise Refused(_("该建议当前不接受附议。"))
    _support, is_new = Support.objects.get_or_create(proposal=row, user=user)
    if is_new:
        Proposal.objects.filter(pk=row.pk).update(support_count=F("support_count") + 1)
    return is_new


@transaction.atomic
def withdraw_support(*, proposal: Proposal, user: Any) -> bool:
    """True when a support was taken back. Not after the committee has decided on the number it saw."""
    row = locked(proposal)
    if not row.is_open_to_support:
        raise Refused(_("该建议当前不接受附议的变更。"))
    count, _rows = Support.objects.filter(proposal=row, user=user).delete()
    if count:
        Proposal.objects.filter(pk=row.pk).update(support_count=F("support_count") - 1)
    return bool(count)


def reconcile_supports(*, repairs: bool = True) -> list[tuple[str, int, int]]:
    """Proposals whose counter is not the number of rows: (number, counter, rows); set right unless `repairs` is off."""
    rows = Support.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    counted = Proposal.objects.annotate(
        supports_held=Coalesce(Subquery(rows.annotate(held=Count("pk")).values("held")), 0)
    )
    drifted = list(
        counted.exclude(support_count=F("supports_held")).values_list("pk", "number", "support_count", "supports_held")
    )
    for pk, _number, _counter, _held in drifted if repairs else ():
        with transaction.atomic():
            row = Proposal.objects.select_for_update().get(pk=pk)
            Proposal.objects.filter(pk=pk).update(support_count=Support.objects.filter(proposal=row).count())
    return [(number, counter, held) for _pk, number, counter, held in drifted]
