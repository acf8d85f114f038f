"""Consent, taking it back, and the right to be forgotten as far as the record allows."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import rules
from ..models import Consent, User
from ..personal_data import sections
from ..privacy_notice import NOTICE_VERSION, notice_text
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


def accept_notice(*, user: User) -> Consent:
    """The consent of signing up: to the notice as it stands now."""
    return give_consent(user=user, purpose=Consent.Purpose.PRIVACY.value, version=NOTICE_VERSION, text=notice_text())


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
