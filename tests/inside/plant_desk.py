"""Run in the served portal: under proposal NUMBER comments that wait, are reported, hidden, appealed against; a photo
that was hidden beside one that is shown; the discussion of proposal ENDED with its summary.

Answers the addresses of the desks that show them, by who works there.
"""

import os
import secrets
from types import SimpleNamespace

from participation.discussion import services
from participation.discussion.models import Comment
from participation.moderation import services as moderation
from participation.moderation.models import Review
from participation.moderation.selectors import review_of_subject
from participation.proposals.models import Proposal
from participation.snaps.services import redact_photo
from portal.accounts.models import User
from portal.outbox.selectors import unsubscribe_token
from tests.factories import snaps

cast = {
    name: User.objects.get(username=name)
    for name in ("resident2", "moderator", "director", "member", "deputy", "committee")
}
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
snap = snaps.reviewed(SimpleNamespace(**cast), photos=[snaps.shot(), snaps.shot(colour="blue")])
shown, gone = (redact_photo(photo=photo, by=cast["moderator"], boxes=[]) for photo in snap.photos.all())
part = review_of_subject("snap_photo", str(gone.pk))
assert part is not None
moderation.report(review=part, by=cast["member"], reason="privacy")
part = Review.objects.select_related("division").get(kind="snap_photo", subject_key=str(gone.pk))
moderation.decide_report(review=part, by=cast["moderator"], is_upheld=True, answer="看得清人脸。")
ended = Proposal.objects.select_related("thread__division").get(number=os.environ["ENDED"]).thread
services.close_thread(thread=ended, by=cast["committee"], summary="大家赞成装在东门。")
answer = {
    "": [
        f"/snaps/{snap.number}/", f"/report/snap_photo/{shown.pk}/", f"/threads/{ended.pk}/",
        f"/proposals/{os.environ['ENDED']}/", f"/report/thread_summary/{ended.pk}/",
    ],
    "deputy": [f"/me/appeals/{part.pk}/", "/me/appeals/"],
    "moderator": [
        f"/admin/reviews/{part.pk}/", f"/admin/reports-of-readers/{part.pk}/",
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
