"""X38: whether a committee has the people it must have."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.jurisdictions.clauses import Finding, Verdict
from portal.jurisdictions.models import Division

from .models import CommitteePost
from .rules import posts_missing
from .selectors import committee_posts_of


def committee_is_staffed(division: Division, on: date) -> list[Finding]:
    """One finding per street; “至少1名专职人大工作干事” is met by one."""
    url = reverse("accounts_committee_posts:index")
    if division.level != Division.Level.SUBDISTRICT:
        return [Finding(Verdict.NOT_APPLICABLE, _("人大街道工委设在街道"))]
    missing = posts_missing(each.post for each in committee_posts_of(division, on))
    if not missing:
        return [Finding(Verdict.MET, _("主任、副主任、人大专干都已登记"), url)]
    labels = dict(CommitteePost.Post.choices)
    names = "、".join(str(labels[each]) for each in missing)
    return [Finding(Verdict.DUE, _("没有登记：%(posts)s") % {"posts": names}, url)]
