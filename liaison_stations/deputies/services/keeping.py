"""Entering and changing one deputy, one electoral district."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.selectors import has_role
from portal.jurisdictions.models import Division
from portal.trail.services import record

from ..models import Deputy, ElectoralDistrict, Level
from ..permissions import user_can_keep_deputies
from ..rules import DeputyRefused
from ..selectors import SUBJECT_KIND, congress_of


def congress_or_refusal(deputy: Deputy, congress: Division | None) -> Division | None:
    """A street has no congress of its own; only the national one is no division's."""
    if congress is None and deputy.level != Level.NATIONAL:
        raise DeputyRefused(
            _("%(place)s没有%(level)s这一级人大。")
            % {"place": deputy.division.name, "level": deputy.get_level_display()}
        )
    return congress


def refuse_without_post(user: Any) -> None:
    if user is not None and not has_role(user, "deputy"):
        raise DeputyRefused(_("这个账号没有人大代表的任职，请先在“人员与任职”里登记。"))


@transaction.atomic
def save_deputy(*, deputy: Deputy, by: Any) -> Deputy:
    """A new one or a changed one, by whoever keeps the list of the division. The congress follows from level and place.

    Raises PermissionDenied or DeputyRefused.
    """
    is_new = deputy.pk is None
    if not is_new:
        before = Deputy.objects.select_for_update(of=("self",)).select_related("division").get(pk=deputy.pk)
        if not user_can_keep_deputies(by, before.division):
            raise PermissionDenied
    if not user_can_keep_deputies(by, deputy.division):
        raise PermissionDenied
    deputy.congress = congress_or_refusal(deputy, congress_of(deputy.division, deputy.level))
    if deputy.ends_on is not None and deputy.ends_on < deputy.starts_on:
        raise DeputyRefused(_("任期止早于任期起。"))
    if deputy.district is not None and deputy.district.level != deputy.level:
        raise DeputyRefused(_("选区（选举单位）的层级与代表的层级不同。"))
    refuse_without_post(deputy.user)
    try:
        with transaction.atomic():
            deputy.save()
    except IntegrityError as error:
        raise DeputyRefused(_("同一届已有同名、同选区的代表。")) from error
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=str(deputy.pk),
        verb="add" if is_new else "change",
        actor=by,
        capacity="staff",
        detail=deputy.as_facts(),
    )
    return deputy


def save_district(*, form: Any, by: Any) -> ElectoralDistrict:
    """From a form that was judged: the places it covers are rows of their own."""
    with transaction.atomic():
        district: ElectoralDistrict = form.save(commit=False)
        is_new = district.pk is None
        if not user_can_keep_deputies(by, district.division):
            raise PermissionDenied
        district.save()
        form.save_m2m()
        record(
            subject_kind="electoral_district",
            subject_key=str(district.pk),
            verb="add" if is_new else "change",
            actor=by,
            capacity="staff",
            detail={"division": district.division.key, "level": district.level},
        )
    return district


def let_go_of_account(user: Any) -> None:
    """An account is cancelled: who was deputy stays announced (代表法 第五十八条), no longer tied to the account."""
    Deputy.objects.filter(user=user).update(user=None)
