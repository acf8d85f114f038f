"""分类: eight plain groups for residents over the 24 labels of the 12345 data set for staff (domain.md 6.1, 8)."""

UNSURE = "unsure"
DISCIPLINE_GROUP = "discipline"
UNSORTED = "unsorted"
DISCIPLINE = "cadre_discipline"

# plain group -> the labels below it, in the order in which both are offered
GROUPS: dict[str, tuple[str, ...]] = {
    "housing": ("housing",),
    "roads": ("transport",),
    "environment": ("city_management", "ecology"),
    "utilities": ("electricity", "water", "telecom"),
    "learning_health": ("education", "health", "medical_insurance"),
    "livelihood": ("employment", "civil_affairs"),
    "safety": ("public_security", "justice"),
    "business_land": (
        "market",
        "business_environment",
        "prices",
        "commerce",
        "finance",
        "taxation",
        "agriculture",
        "natural_resources",
        "other",
    ),
    DISCIPLINE_GROUP: (DISCIPLINE,),
}


def group_of(category: str) -> str:
    """The plain group of a staff label; 不清楚 for one that is not sorted yet."""
    for group, members in GROUPS.items():
        if category in members:
            return group
    return UNSURE


def always_diverts(*, category: str = "", group: str = "") -> bool:
    """干部违纪 belongs to the discipline organs, whatever the text says."""
    return category == DISCIPLINE or group == DISCIPLINE_GROUP
