"""Consent, taking it back, and the right to be forgotten as far as the record allows."""

import hashlib
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.trail.services import record

from .. import rules
from ..models import Consent, NoticeText, User
from ..permissions import PUBLISH_NOTICE
from ..personal_data import sections
from ..privacy_notice import BUILT_IN_VERSION, current_notice
from ..selectors import roles_of
from .refusals import AccountRefused
from .users import end_sessions, locked, note


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def give_consent(*, user: User, purpose: str, version: str, text: str) -> Consent:
    """Agreeing twice to the same version is one consent."""
    consent, _created = Consent.objects.get_or_create(
        user=user,
        purpose=purpose,
        version=version,
        withdrawn_at=None,
        defaults={"text_hash": text_hash(text), "given_at": timezone.now()},
    )
    return consent


@transaction.atomic
def accept_notice(*, user: User) -> Consent:
    """The consent of signing up, or of coming back after a change: to both texts as they stand now."""
    given = {}
    for purpose in (Consent.Purpose.PRIVACY.value, Consent.Purpose.TERMS.value):
        notice = current_notice(purpose)
        given[purpose] = give_consent(user=user, purpose=purpose, version=notice.version, text=notice.source)
    User.objects.filter(pk=user.pk).update(must_agree_again=False)
    user.must_agree_again = False
    return given[Consent.Purpose.PRIVACY.value]


@transaction.atomic
def publish_notice(*, kind: str, text: str, asks_again: bool, by: Any) -> NoticeText:
    """A new version, never a change of an old one. `asks_again`: everybody with an account agrees before going on."""
    if not by.has_perm(PUBLISH_NOTICE):
        raise PermissionDenied
    now = timezone.now()
    month = f"{timezone.localdate(now):%Y-%m}"
    known = set(NoticeText.objects.filter(kind=kind).values_list("version", flat=True)) | {BUILT_IN_VERSION}
    version = next(name for n in count(1) if (name := month if n == 1 else f"{month}-{n}") not in known)
    row = NoticeText.objects.create(
        kind=kind, version=version, text=text, asks_again=asks_again, published_at=now, published_by=by
    )
    if asks_again:
        User.objects.filter(is_active=True, cancelled_at=None).update(must_agree_again=True)
    record(
        subject_kind="notice_text",
        subject_key=f"{kind}:{version}",
        verb="notice_published",
        actor=by,
        detail={"asks_again": asks_again, "text_hash": text_hash(text)},
    )
    return row


@transaction.atomic
def withdraw_consent(*, user: User, purpose: str) -> int:
    """As easy as giving it. Answers how many were in force."""
    count = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if count and purpose == Consent.Purpose.NICKNAME:
        User.objects.filter(pk=user.pk).update(shows_nickname=False)
    if count:
        note(user, "consent_withdrawn", actor=user, purpose=purpose)
    return count


@transaction.atomic
def cancel_account(*, user: User, by: Any = None, reason: str = "") -> None:
    """Empty the account: nothing that identifies stays, what was published stays without a name, nobody can log in.

    Whoever holds a post hands it over first.
    """
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator

    person = locked(user)
    if person.cancelled_at is not None:
        return
    if person.is_superuser or any(post.role in rules.STAFF_ROLES for post in roles_of(person)):
        raise AccountRefused(_("您还担任着职务。请先交接岗位，再注销账号。"), "holds_post")
    for section in sections.values():
        section.anonymise(person)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    Consent.objects.filter(user=person, withdrawn_at=None).update(withdrawn_at=timezone.now())
    person.username = f"cancelled-{person.trail_id}"
    person.email = person.real_name = person.nickname = person.address = ""
    person.phone = person.contact_phone = ""
    person.shows_nickname = person.must_change_password = False
    person.prefers_elder_mode = person.prefers_high_contrast = False
    person.phone_verified_at = person.age_confirmed_at = person.verified_at = person.last_login = None
    person.verification = ""
    person.verified_by = person.division = None
    person.is_active, person.is_staff = False, False
    person.cancelled_at = timezone.now()
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    end_sessions(user=person)
    note(person, "cancelled", actor=by or person, reason=reason)
    user.refresh_from_db()
