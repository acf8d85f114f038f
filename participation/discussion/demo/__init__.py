"""Discussions in every state under the demo's proposals. Demo only."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from participation.moderation import services as moderation
from participation.moderation.models import Review
from portal.accounts.demo import SUBDISTRICT

from .. import services
from ..models import Comment, Thread

# who, as what, stance, words, which line above it answers
LIVELY: tuple[tuple[str, str, str, str, int | None], ...] = (
    ("resident2", "resident", "support", "赞成。这件事拖了很久，老人出门都受影响。", None),
    ("member", "member", "support", "我走访了二十户，大多数人赞成，也有三户担心施工吵。", None),
    ("resident", "resident", "question", "大概什么时候能动工？会不会影响上学时间的出行？", None),
    ("committee", "official", "", "已请有关单位到现场看过。方案定下来以后先公布时间，避开上学放学的时段。", 2),
    ("resident2", "resident", "", "谢谢答复，希望提前几天贴出通知。", 3),
    ("deputy", "deputy", "neutral", "我会在本月接待日再听听大家的意见，请有不同想法的居民也来说说。", None),
    ("resident2", "resident", "oppose", "位置选得不好，离窗户太近，晚上会晃眼。建议往北挪两米。", None),
    ("resident", "resident", "", "往北挪我也同意。", 6),
    ("member", "member", "", "这一条我记下了，议事会上会提出来。", 6),
    ("resident2", "resident", "neutral", "费用从哪里出，也请说明一下。", None),
    ("committee", "official", "", "费用列入社区惠民项目，公示后再实施。", 9),
)
SUMMARY = (
    "共有居民、议事代表和人大代表参加讨论。多数赞成先办一处、看看效果；对时间和位置有不同意见。"
    "下一步：由承办单位修改方案并公布时间。"
)


def load_demo(cast: Mapping[str, Any]) -> int:
    """How many comments were made; none where there are any."""
    if Comment.objects.exists():
        return 0
    threads = list(
        Thread.objects.filter(
            subject_kind="proposal", division__code=SUBDISTRICT, is_suspended=False, state="open"
        ).order_by("-pk")[:4]
    )
    for number, thread in enumerate(threads):
        with transaction.atomic():
            _fill(thread, cast, LIVELY if number == 0 else LIVELY[: 3 + number])
    if len(threads) > 1:
        _show_states(threads[0], cast)
        services.close_thread(thread=threads[1], by=cast["moderator"], summary=SUMMARY)
        day = timezone.localdate() + timedelta(days=10)
        services.set_last_day(thread=threads[0], by=cast["moderator"], closes_on=day)
    return Comment.objects.count()


def _fill(thread: Thread, cast: Mapping[str, Any], lines: Any) -> None:
    made: list[Comment] = []
    for who, capacity, stance, words, answers in lines:
        comment = _written(thread, cast[who], words, capacity, stance, made[answers] if answers is not None else None)
        if not comment.is_public:
            comment = services.publish_comment(comment=comment, by=cast["moderator"])
        made.append(comment)
    for reader in ("resident", "member"):
        for comment in made:
            if comment.author_id != cast[reader].pk and comment.pk % 2:
                services.mark_helpful(comment=comment, by=cast[reader])


def _written(
    thread: Thread, author: Any, words: str, capacity: str = "resident", stance: str = "", to: Comment | None = None
) -> Comment:
    key = secrets.token_urlsafe(24)
    return services.write_comment(
        thread=thread, author=author, form_key=key, text=words, capacity=capacity, stance=stance, reply_to=to
    )


def _show_states(thread: Thread, cast: Mapping[str, Any]) -> None:
    """Waiting, returned, hidden at once and withdrawn with an answer."""
    moderator = cast["moderator"]
    _written(thread, cast["resident2"], "补充一点：楼道里的感应灯也请一起看看。电话13900000000。", stance="support")
    returned = _written(thread, cast["resident"], "某某家的人总是乱停车！", stance="oppose")
    services.return_comment(comment=returned, by=moderator, reason="请就事论事，不要写别人的姓名和门牌。")
    hidden = services.publish_comment(comment=_written(thread, cast["resident2"], "听说要拆楼。"), by=moderator)
    services.hide_comment(
        comment=hidden, by=moderator, reason="没有依据的传言。", public_note="与事实不符，请以公告为准。"
    )
    withdrawn = services.publish_comment(comment=_written(thread, cast["resident"], "我看错了地方。"), by=moderator)
    answer = _written(thread, cast["resident2"], "没关系，说清楚就好。", to=withdrawn)
    services.publish_comment(comment=answer, by=moderator)
    services.withdraw_comment(comment=Comment.objects.get(pk=withdrawn.pk), by=cast["resident"])
    refused = _written(thread, cast["resident"], "隔壁楼也有问题，顺便也说一下停车。")
    services.reject_comment(comment=refused, by=moderator, reason="与这件事无关，请另提建议。")
    moderation.appeal(
        review=Review.objects.get(pk=refused.review_id), by=cast["resident"], text="停车和坡道有关系：车停在坡道口。"
    )
    reported = Comment.objects.filter(thread=thread, stance="oppose", state="published").first()
    if reported is not None:
        review = Review.objects.get(pk=reported.review_id)
        moderation.report(review=review, by=cast["member"], reason="false", note="位置说得不对（示例）。")
