"""Which post keeps stations; always inside the division of the post."""

KEEPERS = ("clerk", "editor")
REVIEWERS = ("moderator", "committee", "director")
VIEW_VENUES, CHANGE_VENUES = "stations.view_venue", "stations.change_venue"

GRANTS: dict[str, tuple[str, ...]] = {
    "stations.add_liaisonstation": KEEPERS,
    "stations.change_liaisonstation": KEEPERS,
    "stations.lock_liaisonstation": (*KEEPERS, *REVIEWERS),
    "stations.unlock_liaisonstation": REVIEWERS,
    VIEW_VENUES: (*KEEPERS, "committee", "director"),
    CHANGE_VENUES: (*KEEPERS, "committee", "director"),
}
