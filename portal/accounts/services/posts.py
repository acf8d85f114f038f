"""Entering, changing and handing over the posts of a committee; nothing is deleted, a mistake is void."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.jurisdictions.models import Division
from portal.trail.services import record

from .. import rules
from ..models import CommitteePost, RoleAssignment
from ..permissions import user_can_keep_committee_posts
from .refusals import AccountRefused
from .roles import capacity_of

POST_SUBJECT = "committee_post"


def _locked_division(division: Division, by: Any) -> None:
    """One change of a committee at a time. `by` None is the machine: the demo."""
    if by is not None and not user_can_keep_committee_posts(by, division):
        raise PermissionDenied
    Division.objects.select_for_update().get(pk=division.pk)


def _note(post: CommitteePost, verb: str, by: Any, reason: str = "") -> None:
    record(
        subject_kind=POST_SUBJECT,
        subject_key=str(post.pk),
        verb=verb,
        actor=by,
        capacity=capacity_of(by),
        reason=reason,
        detail=post.as_facts(),
    )


def _check(post: CommitteePost) -> None:
    if post.ends_on is not None and post.ends_on < post.starts_on:
        raise AccountRefused(_("结束日期早于开始日期。"), "ends_before_it_starts")
    if post.division.level != Division.Level.SUBDISTRICT:
        raise AccountRefused(_("人大街道工委设在街道，请选街道。"), "no_committee_there")
    others = CommitteePost.objects.filter(division=post.division, post=post.post, is_void=False).exclude(pk=post.pk)
    for other in others:
        if not rules.periods_overlap(post.starts_on, post.ends_on, other.starts_on, other.ends_on):
            continue
        if other.name == post.name:
            raise AccountRefused(_("同一时期这个人已经登记了这个职务。"), "doubled")
        if post.post == CommitteePost.Post.DIRECTOR and not post.is_acting and not other.is_acting:
            raise AccountRefused(_("同一时期只有一位主任；请用“交接”，或选“代理”。"), "two_directors")
    if post.user is None or post.post == CommitteePost.Post.ROTATING:
        return
    for held in RoleAssignment.objects.filter(user=post.user, role__in=rules.UNIT_ROLES, is_void=False):
        if rules.periods_overlap(post.starts_on, post.ends_on, held.starts_on, held.ends_on):
            raise AccountRefused(
                _("“不参与街道办事处行政工作分工”（第二十一条三）：这个账号同一时期在承办单位任职。"), "X39"
            )


@transaction.atomic
def save_committee_post(*, post: CommitteePost, by: Any = None) -> CommitteePost:
    """A new post or a corrected one. Raises PermissionDenied or AccountRefused."""
    is_new = post.pk is None
    if not is_new:
        before = CommitteePost.objects.select_related("division").get(pk=post.pk)
        _locked_division(before.division, by)
        if CommitteePost.objects.get(pk=post.pk).is_void:
            raise AccountRefused(_("已经作废，不能再改。"), "void")
    _locked_division(post.division, by)
    _check(post)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise AccountRefused(_("同一时期这个职务已经有人。"), "doubled") from error
    _note(post, "add" if is_new else "change", by)
    return post


@transaction.atomic
def hand_over_committee_post(*, post: CommitteePost, name: str, user: Any, on: date, by: Any = None) -> CommitteePost:
    """One step: the one ends the day before `on`, the other begins on that day."""
    _locked_division(post.division, by)
    held = CommitteePost.objects.select_related("division").get(pk=post.pk)
    if held.is_void or (held.ends_on is not None and held.ends_on < on):
        raise AccountRefused(_("这个职务在这一天已经结束，请直接登记新的。"), "not_held")
    if on <= held.starts_on:
        raise AccountRefused(_("接手之日要晚于交出人的任职起日。"), "too_early")
    if name == held.name:
        raise AccountRefused(_("交出人和接手人是同一个人。"), "same_person")
    kept_until, held.ends_on = held.ends_on, on - timedelta(days=1)
    held.save(update_fields=["ends_on"])
    _note(held, "handed_over", by)
    given = CommitteePost(
        division=held.division, post=held.post, name=name, user=user, starts_on=on, ends_on=kept_until,
        is_acting=held.is_acting,
    )  # fmt: skip
    return save_committee_post(post=given, by=by)


@transaction.atomic
def void_committee_post(*, post: CommitteePost, reason: str, by: Any = None) -> None:
    """Entered by mistake: it stays in the list of the past, and counts nowhere."""
    _locked_division(post.division, by)
    held = CommitteePost.objects.select_related("division").get(pk=post.pk)
    if held.is_void:
        return
    held.is_void = True
    held.save(update_fields=["is_void"])
    _note(held, "void", by, reason=reason)
