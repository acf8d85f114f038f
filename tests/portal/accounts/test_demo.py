"""The cast has what real accounts have."""

import pytest

from portal.accounts.demo import CAST
from portal.accounts.models import Consent, User

pytestmark = pytest.mark.django_db


def test_every_resident_of_the_cast_has_agreed_to_notice_and_terms_once(cast):
    wanted = sorted(player.username for player in CAST if player.phone)
    agreed = Consent.objects.filter(user__in=User.objects.filter(username__in=wanted), withdrawn_at=None)
    asked = [(name, purpose) for name in wanted for purpose in ("privacy", "terms")]
    assert sorted(agreed.values_list("user__username", "purpose")) == asked
