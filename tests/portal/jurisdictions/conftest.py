"""The divisions that ship with the portal, loaded once per test that asks."""

import pytest
from django.core.management import call_command

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code


@pytest.fixture
def seeded(db: None) -> None:
    call_command("seed_divisions", verbosity=0)


@pytest.fixture
def changsha(seeded: None) -> Division:
    division = division_by_code("430100000000")
    assert division is not None
    return division


@pytest.fixture
def xiangxiang(seeded: None) -> Division:
    division = division_by_code("430381000000")
    assert division is not None
    return division
