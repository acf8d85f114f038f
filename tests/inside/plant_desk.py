"""Run in the served portal: under proposal NUMBER comments that wait, are reported, hidden, appealed against.

Answers the addresses of the desks that show them, by who works there.
"""

import os
import secrets

from participation.discussion import services
from participation.discussion.models import Comment
from participation.moderation import services as moderation
from participation.moderation.models import Review
from participation.proposals.models import Proposal
from portal.accounts.models import User
from portal.outbox.selectors import unsubscribe_token

cast = {name: User.objects.get(username=name) for name in ("resident2", "moderator", "director", "member")}
thread = Proposal.objects.select_related("thread__division").get(number=os.environ["NUMBER"]).thread


def write(text: str) -> Comment:
    key = secrets.token_urlsafe(24)
    return services.write_comment(thread=thread, author=cast["resident2"], form_key=key, text=text)


def review_of(comment: Comment) -> Review:
    return Review.objects.select_related("division").get(pk=comment.review_id)


waiting, reported, hidden, refused = (write(f"版面检查用的意见{number}") for number in range(4))
services.publish_comment(comment=reported, by=cast["moderator"])
moderation.report(review=review_of(reported), by=cast["member"], reason="false", note="与事实不符")
services.publish_comment(comment=hidden, by=cast["moderator"])
services.hide_comment(comment=hidden, by=cast["moderator"], reason="含个人信息")
services.reject_comment(comment=refused, by=cast["moderator"], reason="与主题无关")
appeal = moderation.appeal(review=review_of(refused), by=cast["resident2"], text="与主题有关")
ending = unsubscribe_token(cast["resident2"], "own_comment")
answer = {
    "moderator": [
        "/admin/reviews/?state=waiting", "/admin/reviews/?state=to_confirm", f"/admin/reviews/{waiting.review_id}/",
        f"/admin/reviews/{hidden.review_id}/", "/admin/reports-of-readers/",
        f"/admin/reports-of-readers/{reported.review_id}/", "/admin/threads/", f"/admin/threads/{thread.pk}/",
    ],
    "director": ["/admin/appeals/", f"/admin/appeals/{appeal.pk}/", "/admin/comment-closures/"],
    "resident2": [
        "/me/messages/", "/me/messages/settings/", "/me/follows/", "/me/appeals/",
        f"/me/appeals/{hidden.review_id}/", f"/me/messages/unsubscribe/{ending}/",
    ],
}  # fmt: skip
