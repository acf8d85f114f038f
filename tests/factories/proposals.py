"""Proposals in every state, brought there by the services themselves."""

import secrets
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from participation.proposals import services
from participation.proposals.models import Proposal
from participation.proposals.states import State
from portal.jurisdictions.models import Division

BODY = "望春门街道三眼井社区的路灯坏了两个月，晚上老人出门很不方便，希望尽快修好。"
SUBDISTRICT, OTHER_SUBDISTRICT = "430381001000", "430381002000"


def subdistrict(code: str = SUBDISTRICT) -> Division:
    if not Division.objects.filter(code=code).exists():
        call_command("seed_divisions", verbosity=0)
    return Division.objects.get(code=code)


def other_subdistrict() -> Division:
    """Another one of the same county, whatever its code."""
    home = subdistrict()
    rows = Division.objects.filter(parent=home.parent).exclude(pk=home.pk).order_by("path")
    division = rows.first()
    assert division is not None
    return division


def submitted(author: Any, **fields: Any) -> Proposal:
    """Handed in by a verified resident."""
    fields.setdefault("division", subdistrict())
    fields.setdefault("body", BODY)
    return services.submit_proposal(author=author, form_key=secrets.token_urlsafe(24), **fields).proposal


def published(author: Any, reviewer: Any, **fields: Any) -> Proposal:
    return services.publish_proposal(proposal=submitted(author, **fields), by=reviewer)


def imported(*, is_public: bool = False, reply: str = "", **fields: Any) -> Proposal:
    message = services.ImportedMessage(
        source="测试来源",
        external_number=fields.pop("external_number", secrets.token_hex(4)),
        title=fields.pop("title", "关于公交站点更名的建议"),
        body=fields.pop("body", "建议将公交站点更名，方便外地人辨认。"),
        submitted_at=timezone.now() - timedelta(days=400),
        reply_text=reply,
        replied_on=timezone.localdate() - timedelta(days=390) if reply else None,
        **fields,
    )
    _outcome, proposal = services.import_message(message=message, division=subdistrict(), publishes=is_public)
    return proposal


def in_state(state: State, cast: Any) -> Proposal:
    """A proposal of `cast.resident` (an import of nobody) that has come to `state` by legal moves."""
    by = cast.moderator
    match state:
        case State.SUBMITTED:
            return submitted(cast.resident)
        case State.UNDER_REVIEW:
            return services.take_for_review(proposal=submitted(cast.resident), by=by)
        case State.RETURNED:
            return services.return_for_correction(proposal=submitted(cast.resident), by=by, reason="请写明位置")
        case State.REJECTED:
            return services.reject_proposal(proposal=submitted(cast.resident), by=by, reason="广告")
        case State.DIVERTED:
            return services.divert_proposal(proposal=submitted(cast.resident), by=by, channel="court")
        case State.PUBLISHED:
            return published(cast.resident, by)
        case State.SCREENING:
            return services.start_screening(proposal=published(cast.resident, by), by=cast.committee)
        case State.ADOPTED:
            row = in_state(State.SCREENING, cast)
            return services.adopt_proposal(proposal=row, by=cast.director, route="topic", matter_level="own")
        case State.NOT_ADOPTED:
            row = in_state(State.SCREENING, cast)
            return services.decline_proposal(proposal=row, by=cast.director, reason="已列入年度计划")
        case State.MERGED:
            target = published(cast.resident2, by)
            return services.merge_proposal(proposal=published(cast.resident, by), by=by, target=target)
        case State.WITHDRAWN:
            return services.withdraw_proposal(proposal=published(cast.resident, by), by=cast.resident)
        case State.VOIDED:
            return services.void_proposal(proposal=submitted(cast.resident), by=cast.director, reason="重复录入")
        case State.IMPORTED:
            return imported(is_public=True)
        case State.REPLIED_IMPORTED:
            return imported(is_public=True, reply="已经答复。")
    raise AssertionError(state)
