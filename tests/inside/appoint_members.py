"""Run in the served portal: five members of the council in office, `member` and four more, and terms by which the
whole result of an appraisal is published. Answers with a session of each, as
the form of the log-in has its own journeys."""

from datetime import date

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services.roles import assign_role
from portal.accounts.services.users import create_user
from portal.jurisdictions.models import TermsPeriod
from tests.factories import ledger

NAMES = [f"member{number}" for number in range(2, 6)]

period, _is_new = TermsPeriod.objects.get_or_create(division=ledger.subdistrict(), starts_on=date(2026, 1, 1))
period.values["appraisal_public"] = {"value": "full", "clause": "", "is_confirmed": True, "note": ""}
period.save()
for name in NAMES:
    if not User.objects.filter(username=name).exists():
        user = create_user(username=name, real_name="代表示例")
        assign_role(user=user, role="member", division=ledger.subdistrict(), starts_on=timezone.localdate())
answer = []
for user in User.objects.filter(username__in=["member", *NAMES]).order_by("pk"):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    answer.append(session.session_key)
