"""What holds for the whole site is changed by posts that cover the whole site (docs/decisions/0002)."""

import pytest

from portal.accounts.demo import COUNTY, SUBDISTRICT
from portal.accounts.models import User
from portal.jurisdictions.models import SiteProfile
from portal.jurisdictions.selectors import division_by_code

pytestmark = pytest.mark.django_db
CHANGES = ["workdays.change_calendarday", "wording.change_wordentry", "jurisdictions.change_siteprofile"]


def may(person: User) -> list[bool]:
    fresh = User.objects.get(pk=person.pk)
    return [fresh.has_perm(permission) for permission in CHANGES]


@pytest.mark.parametrize(
    ("code", "director", "moderator", "committee"),
    [
        (SUBDISTRICT, [True, True, True], [False, True, False], [True, False, False]),
        (COUNTY, [False, False, False], [False, True, False], [False, False, False]),
        (None, [False, False, False], [False, False, False], [False, False, False]),
    ],
)
def test_a_post_below_the_sites_division_changes_nothing_of_all(cast, code, director, moderator, committee):
    division = division_by_code(code) if code else None
    SiteProfile.objects.update_or_create(
        pk=SiteProfile.ONLY_ROW, defaults={"site_name": "示例", "division": division, "host_organisation": "示例"}
    )
    assert [may(cast.director), may(cast.moderator), may(cast.committee)] == [director, moderator, committee]


def test_the_lists_can_be_read_by_those_who_decide_by_them(cast, client):
    seen = {}
    for name in ("community", "clerk", "moderator", "committee", "director", "auditor", "editor", "unit"):
        client.force_login(cast[name], backend="portal.accounts.backends.ScopedRoleBackend")
        seen[name] = [client.get(url).status_code == 200 for url in ("/admin/workdays/days/", "/admin/wording/words/")]
    reads_both, reads_none = [True, True], [False, False]
    assert seen == {
        "community": reads_none, "clerk": [True, False], "moderator": reads_both, "committee": reads_both,
        "director": reads_both, "auditor": reads_both, "editor": reads_none, "unit": reads_none,
    }  # fmt: skip
