"""Which post gives which right on pages, pictures and files; always inside the division of the post."""

from portal.pages.adapters.page_rights import UNPUBLISH, name_of

from .adapters.admin_doors import VIEW_SITE_HISTORY
from .models.review import ROLES

REVIEWERS = tuple(ROLES.values())
VIEW_FRESHNESS = "home.view_freshness"

# Publishing is nobody's: a page goes out when its last review has passed (adapters.publishing).
GRANTS: dict[str, tuple[str, ...]] = {
    name_of("add"): ("editor",),
    name_of("change"): ("editor",),
    name_of("lock"): ("editor", *REVIEWERS),
    name_of("unlock"): REVIEWERS,
    UNPUBLISH: ("moderator", "director"),
    **{f"pages.review_level_{level}": (role,) for level, role in ROLES.items()},
    # a clerk brings pictures for the pages of the own station; those that stand there are the editors'
    **{
        f"home.{act}_{media}": ("editor",) if act == "change" else ("editor", "clerk")
        for act in ("add", "change", "choose", "view")
        for media in ("portalimage", "portaldocument")
    },
    VIEW_FRESHNESS: ("editor", *REVIEWERS, "superior", "auditor", "admin"),
    VIEW_SITE_HISTORY: ("auditor", "admin"),
}
