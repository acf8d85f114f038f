"""Which post keeps stations; always inside the division of the post."""

from .rules import CHANGE_VENUES, VIEW_VENUES

KEEPERS = ("clerk", "editor")
REVIEWERS = ("moderator", "committee", "director")

GRANTS: dict[str, tuple[str, ...]] = {
    "stations.add_liaisonstation": KEEPERS,
    "stations.change_liaisonstation": KEEPERS,
    "stations.lock_liaisonstation": (*KEEPERS, *REVIEWERS),
    "stations.unlock_liaisonstation": REVIEWERS,
    VIEW_VENUES: (*KEEPERS, "committee", "director"),
    CHANGE_VENUES: (*KEEPERS, "committee", "director"),
    "stations.add_deliberationvenue": (*KEEPERS, "committee", "director"),
    # the kinds of contact point are the same for the whole site
    **{f"stations.{act}_contactpointkind": ("admin",) for act in ("view", "add", "change")},
}
