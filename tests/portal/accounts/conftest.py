import pytest

from portal.accounts.demo import COUNTY, SUBDISTRICT
from portal.accounts.services import create_user
from portal.jurisdictions.selectors import division_by_code


@pytest.fixture
def subdistrict(cast):
    return division_by_code(SUBDISTRICT)


@pytest.fixture
def county(cast):
    return division_by_code(COUNTY)


@pytest.fixture
def elsewhere(cast):
    """A subdistrict of another county, where nobody of the cast but the moderator has a post."""
    from portal.jurisdictions.models import Division

    return Division.objects.filter(level="subdistrict", path__contains="430111000000").first()


@pytest.fixture
def newcomer(db):
    return create_user(username="newcomer", real_name="欧阳示例")
