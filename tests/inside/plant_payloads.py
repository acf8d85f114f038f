"""Run in the served portal: the payloads of PAYLOADS (JSON) in every text of a discussion and its review.

Answers the addresses on which any of it is shown, by who sees it ("" for a visitor).
"""

import json
import os
import secrets

from participation.discussion import services
from participation.discussion.models import Comment
from participation.moderation import services as moderation
from participation.moderation.models import Review
from participation.proposals.models import Proposal
from portal.accounts.models import User
from portal.follows.services import follow

payloads = json.loads(os.environ["PAYLOADS"])
cast = {name: User.objects.get(username=name) for name in ("resident2", "moderator", "committee", "director", "member")}
User.objects.filter(pk=cast["resident2"].pk).update(nickname=payloads[0][:20], shows_nickname=True)
cast["resident2"].refresh_from_db()
thread = Proposal.objects.select_related("thread__division").get(number=os.environ["NUMBER"]).thread


def write(text: str, **more: object) -> Comment:
    key = secrets.token_urlsafe(24)
    return services.write_comment(thread=thread, author=cast["resident2"], form_key=key, text=text, **more)


def public(text: str, **more: object) -> Comment:
    return services.publish_comment(comment=write(text, **more), by=cast["moderator"])


def review_of(comment: Comment) -> Review:
    return Review.objects.select_related("division").get(pk=comment.review_id)


rows = [public(payload) for payload in payloads]
answer_of_one = public(payloads[1], reply_to=rows[0])
public(payloads[2], reply_to=answer_of_one)
edited = services.edit_comment(comment=rows[1], by=cast["resident2"], text=payloads[3] + "改")
services.publish_comment(comment=Comment.objects.get(pk=edited.pk), by=cast["moderator"])
waiting = write(payloads[4])
returned = services.return_comment(comment=write(payloads[5]), by=cast["moderator"], reason=payloads[6])
refused = services.reject_comment(comment=write(payloads[7]), by=cast["moderator"], reason=payloads[8])
appeal = moderation.appeal(review=review_of(refused), by=cast["resident2"], text=payloads[9])
other = services.reject_comment(comment=write(payloads[13]), by=cast["moderator"], reason=payloads[14])
moderation.report(review=review_of(rows[2]), by=cast["member"], reason="false", note=payloads[10])
hidden = services.hide_comment(comment=rows[3], by=cast["moderator"], reason=payloads[11], public_note=payloads[12])
services.hide_comment(comment=rows[4], by=cast["moderator"], reason="x", public_note=payloads[15])
follow(user=cast["resident2"], subject_kind="search", subject_key="<svg onload=window.hit=1>")
page = f"/threads/{thread.pk}/"
answer = {
    "": [
        page, f"{page}?order=oldest", f"{page}?order=helpful", f"/comments/{rows[len(rows) // 2].pk}/",
        f"/comments/{rows[0].pk}/replies/", f"/comments/{rows[1].pk}/texts/", f"/report/comment/{rows[5].pk}/",
        f"/proposals/{os.environ['NUMBER']}/",
    ],
    "resident2": [
        page, "/me/", "/me/comments/", "/me/appeals/", f"/me/appeals/{other.review_id}/",
        f"/comments/{rows[6].pk}/edit/", f"/comments/{returned.pk}/amend/", f"/comments/{rows[6].pk}/withdraw/",
        "/me/messages/", "/me/messages/settings/", "/me/follows/", "/follow/?kind=search&key=<svg onload=window.hit=1>",
    ],
    "member": [f"/comments/{rows[7].pk}/reply/", "/me/messages/"],
    "moderator": [
        "/admin/reviews/?state=all", f"/admin/reviews/{waiting.review_id}/", f"/admin/reviews/{refused.review_id}/",
        f"/admin/reviews/{edited.review_id}/", "/admin/reports-of-readers/",
        f"/admin/reports-of-readers/{rows[2].review_id}/", f"/admin/threads/{thread.pk}/",
    ],
    "director": ["/admin/appeals/", f"/admin/appeals/{appeal.pk}/", "/admin/comment-closures/"],
}  # fmt: skip
moderation.close_comments(
    by=cast["director"], division=thread.division, notice=payloads[16],
    subject_kind=thread.subject_kind, subject_key=thread.subject_key,
)  # fmt: skip
