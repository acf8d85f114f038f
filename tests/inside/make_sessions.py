"""Run by `Server.sessions` in the served portal: new verified residents with a session each."""

import os

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import create_user, verify

keys = []
offset = User.objects.count()
with transaction.atomic():
    for number in range(int(os.environ["COUNT"])):
        user = create_user(username=f"load-{offset + number}", phone=f"139{offset + number:08d}")
        user.phone_verified_at = user.age_confirmed_at = timezone.now()
        user.save(update_fields=["phone_verified_at", "age_confirmed_at"])
        verify(user=user, method=User.Verification.PHONE.value)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
answer = keys
