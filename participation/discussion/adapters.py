"""How a comment answers the lower floors: the review queue's verbs, the trail, follows, `/me/`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from participation.moderation.models import Review
from participation.moderation.registry import OwnerSummary, Part, PartKind, ReviewOwner
from participation.moderation.states import Verb
from portal.trail.subjects import Subject, row_keys

from . import services
from .models import ACTION_LABELS, Comment, Thread
from .notifications import KIND_OWN
from .permissions import user_can_review_comment, user_can_view_comment
from .rules import excerpt_of
from .selectors import SUBJECT_KIND, SUMMARY_KIND, THREAD_KIND, comments_of, threads_with_subjects
from .states import Action, State, ThreadState, actions_from

ACTIONS_OF: dict[Verb, tuple[Action, ...]] = {
    Verb.CLAIM: (Action.TAKE,),
    Verb.RELEASE: (Action.RELEASE,),
    Verb.PUBLISH: (Action.PUBLISH, Action.PUBLISH_EDIT),
    Verb.RETURN: (Action.RETURN, Action.REFUSE_EDIT),
    Verb.REJECT: (Action.REJECT, Action.REFUSE_EDIT),
    Verb.HIDE: (Action.HIDE,),
    Verb.RESTORE: (Action.RESTORE,),
    Verb.CONFIRM: (Action.CONFIRM_HIDING,),
}
OF_WAITING = frozenset({Verb.CLAIM, Verb.RELEASE, Verb.PUBLISH, Verb.RETURN, Verb.REJECT})
OF_CLAIMED = frozenset({Verb.PUBLISH, Verb.RETURN, Verb.REJECT, Verb.RELEASE})


def comment_of(review: Review) -> Comment:
    found: Comment = Comment.objects.select_related("thread__division", "review").get(review=review)
    return found


def claim(*, review: Review, by: Any, reason: str = "") -> None:
    services.take_for_review(comment=comment_of(review), by=by)


def release(*, review: Review, by: Any, reason: str = "") -> None:
    services.release_comment(comment=comment_of(review), by=by)


def publish(
    *, review: Review, by: Any, reason: str = "", public_title: str | None = None, public_body: str | None = None
) -> None:
    services.publish_comment(comment=comment_of(review), by=by, public_body=public_body)


def return_for_correction(*, review: Review, by: Any, reason: str = "") -> None:
    services.return_comment(comment=comment_of(review), by=by, reason=reason)


def reject(*, review: Review, by: Any, reason: str = "") -> None:
    services.reject_comment(comment=comment_of(review), by=by, reason=reason)


def hide(*, review: Review, by: Any, reason: str = "", public_note: str = "") -> None:
    services.hide_comment(comment=comment_of(review), by=by, reason=reason, public_note=public_note)


def restore(*, review: Review, by: Any, reason: str = "", on_appeal: bool = False) -> None:
    services.restore_comment(comment=comment_of(review), by=by, reason=reason, on_appeal=on_appeal)


def confirm_hiding(*, review: Review, by: Any, reason: str = "") -> None:
    services.confirm_hiding(comment=comment_of(review), by=by)


def reconsider(*, review: Review, by: Any, reason: str = "") -> None:
    services.reconsider_comment(comment=comment_of(review), by=by, reason=reason)


def resolve(reviews: Iterable[Review]) -> Mapping[int, OwnerSummary]:
    rows = Comment.objects.filter(review__in=[review.pk for review in reviews])
    comments = list(rows.select_related("thread__division", "review", "reply_to"))
    subjects = {thread.pk: subject for thread, subject in threads_with_subjects({row.thread for row in comments})}
    found = {}
    for row in comments:
        subject = subjects.get(row.thread_id)
        facts = [(_("讨论"), subject.title if subject else ""), (_("身份"), str(row.get_capacity_display()))]
        if row.stance:
            facts.append((_("立场"), str(row.get_stance_display())))
        if row.reply_to is not None:
            facts.append((_("回复"), excerpt_of(row.reply_to.body) or _("（已不公开）")))
        if row.is_edit_waiting:
            facts.append((_("修改"), _("已公开的评论，作者作了修改；通过以前仍显示原来的文本")))
        found[row.review_id] = OwnerSummary(
            number=row.key,
            title=excerpt_of(row.review.original_body),
            state=str(row.get_state_display()),
            facts=tuple(facts),
            public_url=row.get_absolute_url() if row.is_public else "",
            admin_url=reverse("threads_admin:detail", args=[row.thread_id]),
            name=_("“%s”讨论中的评论") % subject.title if subject else "",
            matter=(row.thread.subject_kind, row.thread.subject_key),
        )
    return found


def allowed_verbs(review: Review, user: Any) -> frozenset[str]:
    row = comment_of(review)
    if not user_can_review_comment(user, row):
        return frozenset()
    actions = actions_from(State(row.state))
    verbs = {verb for verb, asked in ACTIONS_OF.items() if actions & set(asked)}
    if row.state == State.PUBLISHED and not row.is_edit_waiting:
        verbs -= OF_WAITING
    if row.hidden_at is None or row.hidden_by_id == user.pk or row.hiding_confirmed_by_id:
        verbs -= {Verb.RESTORE, Verb.CONFIRM}
    if not row.is_public:
        verbs.discard(Verb.HIDE)
    if review.claimed_by_id and review.claimed_by_id != user.pk:
        verbs -= OF_CLAIMED
    return frozenset(verbs)


def review_owner() -> ReviewOwner:
    return ReviewOwner(
        label=_("评论"),
        resolve=resolve,
        allowed_verbs=allowed_verbs,
        claim=claim,
        release=release,
        publish=publish,
        return_for_correction=return_for_correction,
        reject=reject,
        hide=hide,
        restore=restore,
        confirm_hiding=confirm_hiding,
        reconsider=reconsider,
        verb_labels=dict(ACTION_LABELS),
        has_title=False,
        takes_public_note=True,
        subject_kind=SUBJECT_KIND,
        author_label=pgettext_lazy("who is told", "评论人"),
    )


def comments_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail and the outbox; one query for the comments and one for each kind of owner."""
    rows = list(Comment.objects.filter(pk__in=row_keys(keys)).select_related("thread__division"))
    owners = {thread.pk: subject for thread, subject in threads_with_subjects({row.thread for row in rows})}
    return {row.key: _comment_as_subject(row, owners.get(row.thread_id)) for row in rows}


def _comment_as_subject(row: Comment, owner: Subject | None) -> Subject:
    def visible_to(user: Any) -> bool:
        return owner is not None and owner.visible_to(user) and user_can_view_comment(user, row)

    title = _("评论：%s") % excerpt_of(row.body, 24) if row.body else _("评论")
    return Subject(SUBJECT_KIND, row.key, title, row.get_absolute_url(), visible_to)


def threads_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """A thread is seen by whoever sees what is discussed."""
    rows = Thread.objects.filter(pk__in=row_keys(keys))
    found = {}
    for thread, owner in threads_with_subjects(rows):
        if owner is not None:
            title = _("讨论：%s") % owner.title
            found[thread.key] = Subject(THREAD_KIND, thread.key, title, thread.get_absolute_url(), owner.visible_to)
    return found


def summary_parts() -> PartKind:
    """小结: reported, hidden and appealed by itself."""
    return PartKind(SUMMARY_KIND, _("讨论小结"), summaries_as_parts, services.set_summary_hidden, KIND_OWN)


def summaries_as_parts(keys: Iterable[str]) -> dict[str, Part]:
    """One query for the threads and one for each kind of owner."""
    rows = Thread.objects.filter(pk__in=row_keys(keys), state=ThreadState.CLOSED)
    found = threads_with_subjects(rows.select_related("division", "closed_by"))
    return {thread.key: _summary_as_part(thread, owner) for thread, owner in found if owner is not None}


def _summary_as_part(thread: Thread, owner: Subject) -> Part:
    return Part(
        key=thread.key,
        title=_("“%s”的讨论小结") % owner.title,
        url=thread.get_absolute_url(),
        division=thread.division,
        is_public=bool(thread.summary),
        visible_to=owner.visible_to,
        text=thread.summary,
        author=thread.closed_by,
        admin_url=reverse("threads_admin:detail", args=[thread.pk]),
    )


def own_panel(request: Any) -> dict[str, Any]:
    """The latest of one's own, for `/me/`."""
    return {"rows": list(comments_of(request.user)[:5])}
