"""Opening the wizard with a token, and finishing it in one transaction."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Role, User
from portal.accounts.services.roles import assign_role
from portal.accounts.services.users import create_user
from portal.jurisdictions.models import Division
from portal.jurisdictions.services.site import save_site_profile
from portal.jurisdictions.services.terms import apply_preset
from portal.trail.services import record

from . import rules
from .models import SetupToken
from .selectors import is_installed, open_token


class SetupRefused(Exception):
    """The set-up is done already, or its token was replaced; nothing was written."""


@dataclass(frozen=True)
class SetupAnswers:
    """What the wizard collected. `password` is already hashed; an empty `preset` leaves the terms for later."""

    username: str
    email: str
    password: str
    division: Division
    preset: str
    site: dict[str, Any]


def issue_token() -> str:
    """A new token, as it is to be printed; any earlier one stops working. Only its digest is stored."""
    with transaction.atomic():
        if is_installed():
            raise SetupRefused(_("本站已经设置过了。"))
        token = "".join(secrets.choice(rules.ALPHABET) for _each in range(rules.LENGTH))
        SetupToken.objects.update_or_create(
            pk=SetupToken.ONLY_ROW,
            defaults={"token_hash": rules.token_digest(token), "issued_at": timezone.now(), "used_at": None},
        )
        record(subject_kind="setup", subject_key="token", verb="token_issued")
    return rules.written(token)


def grant_of(token: str) -> str:
    """The grant to keep in the session when the token fits, else ""."""
    stored = open_token()
    digest = rules.token_digest(token)
    return digest if stored and hmac.compare_digest(stored.token_hash, digest) else ""


def grant_is_good(grant: str) -> bool:
    """False as soon as the token was used or replaced, also for sessions that had it."""
    stored = open_token()
    return bool(grant and stored) and hmac.compare_digest(stored.token_hash, grant)  # type: ignore[union-attr]


def finish_setup(*, answers: SetupAnswers, grant: str) -> User:
    """Makes the administrator, the terms and the site's particulars, all or nothing; returns the administrator."""
    with transaction.atomic():
        used = SetupToken.objects.filter(pk=SetupToken.ONLY_ROW, used_at__isnull=True, token_hash=grant)
        if is_installed() or not used.update(used_at=timezone.now()):
            raise SetupRefused(_("本站已经设置过了，或者设置口令已经换新。"))
        admin = create_user(username=answers.username, email=answers.email)
        admin.password, admin.is_staff, admin.is_superuser = answers.password, True, True
        admin.save(update_fields=["password", "is_staff", "is_superuser"])
        assign_role(user=admin, role=Role.ADMIN, division=answers.division)
        save_site_profile(values={**answers.site, "division": answers.division}, actor=admin)
        if answers.preset:
            apply_preset(division=answers.division, preset=answers.preset, actor=admin)
        record(
            subject_kind="setup",
            subject_key="site",
            verb="set_up",
            actor=admin,
            capacity="admin",
            detail={"division": answers.division.key, "preset": answers.preset},
        )
    return admin
