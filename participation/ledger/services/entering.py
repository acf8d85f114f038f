"""登记事项 by hand: what reached the committee on paper, at a reception or on a visit, and has no page of its own."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.wording.services import mask

from ..models import NOT_BY_HAND, LedgerItem, Source
from .handling import add_internal_note
from .opening import NewItem, open_item, require_may_open

SOURCE_KIND = "entered"


@transaction.atomic
def enter_item(*, by: Any, new: NewItem, key: str) -> LedgerItem:
    """The same `key` twice gives the item that is there. Phones and numbers of persons are masked: it may be public."""
    require_may_open(by, new.division)
    if new.source in NOT_BY_HAND or new.source not in Source.values:
        raise Refused(_("请选择来源。"))
    if new.raised_on > timezone.localdate():
        raise Refused(_("日期不能晚于今天。"))
    if new.session_ended_on is not None and new.session_ended_on > timezone.localdate():
        raise Refused(_("日期不能晚于今天。"))
    plain = replace(
        new,
        title=mask(new.title).text,
        summary=mask(new.summary).text,
        parties=tuple(replace(party, added_by=by) for party in new.parties),
        source_kind=SOURCE_KIND,
        source_key=key,
    )
    item = open_item(new=plain, by=by)
    if new.is_confidential and new.summary.strip() and not item.internal_notes.exists():
        # a confidential item keeps no public content; committee and unit read it here
        add_internal_note(item=item, by=by, text=new.summary)
    return item
