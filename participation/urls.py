"""The public addresses of participation."""

from django.urls import include, path

urlpatterns = [
    path("", include("participation.proposals.urls")),
    path("", include("participation.snaps.urls")),
    path("", include("participation.ledger.urls")),
    path("", include("participation.evaluations.urls")),
    path("", include("participation.oversight.urls")),
    path("", include("participation.discussion.urls")),
    path("", include("participation.moderation.urls")),
]
