"""What happened to a proposal, in the words of its page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.trail.selectors import history_of

from ..models import Proposal
from ..states import Action

# verb of the trail -> (words on the public page, kind of the timeline's mark)
PUBLIC_VERBS = {
    Action.SUBMIT: (_("收到建议"), ""),
    Action.IMPORT: (_("历史留言导入"), ""),
    Action.PUBLISH: (_("审核通过，公开"), "ok"),
    Action.PUBLISH_IMPORT: (_("公开"), "ok"),
    Action.START_SCREENING: (_("开始筛选研判"), ""),
    Action.ADOPT: (pgettext_lazy("history", "采纳"), "official"),
    Action.DECLINE: (_("未采纳"), "official"),
    Action.MERGE: (_("并案办理"), ""),
    Action.TRANSFER: (_("转交其他街道（乡镇）"), ""),
    Action.WITHDRAW: (_("建议人撤回"), ""),
    Action.HIDE: (_("隐去公开内容"), "due"),
    Action.RESTORE: (pgettext_lazy("history", "恢复公开"), "ok"),
    Action.RECEIVE_IMPORTED_REPLY: (_("补充导入答复"), "ok"),
}
# only the holder learns these
HOLDER_VERBS = {
    Action.TAKE: (_("开始审核"), ""),
    Action.RETURN: (pgettext_lazy("history", "退回补正"), "due"),
    Action.RESUBMIT: (pgettext_lazy("history", "补正后重新提交"), ""),
    Action.REJECT: (pgettext_lazy("history", "不予公开"), "late"),
    Action.DIVERT: (pgettext_lazy("history", "告知其他渠道"), "due"),
    Action.VOID: (pgettext_lazy("history", "作废"), ""),
}
_REASON_IS_PUBLIC = {Action.ADOPT, Action.DECLINE, Action.TRANSFER}
_CAPACITIES = {
    "author": _("建议人"),
    "staff": _("工作人员代填"),
    "reviewer": _("审核人员"),
    "committee": _("人大街道工委"),
    "system": _("系统"),
}


def public_timeline(proposal: Proposal, *, is_holder: bool) -> list[dict[str, Any]]:
    """What happened, oldest first, one query. A reason shows where it is public, or to whoever holds the matter."""
    shown = {**PUBLIC_VERBS, **(HOLDER_VERBS if is_holder else {})}
    timeline = []
    for entry in history_of("proposal", proposal.number):
        if entry.verb not in shown:
            continue
        title, kind = shown[Action(entry.verb)]
        has_reason = not proposal.is_confidential and entry.verb in _REASON_IS_PUBLIC
        timeline.append(
            {
                "when": entry.at,
                "title": title,
                "kind": kind,
                "actor": _CAPACITIES.get(entry.capacity, ""),
                "body": entry.reason if has_reason or is_holder else "",
            }
        )
    return timeline
