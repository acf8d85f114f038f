"""评价 in the Wagtail admin. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .publications import PublicationListView, PublicationView
from .rounds import RoundListView, RoundTableView, RoundView


class EvaluationViewSet(ViewSet):
    name = "evaluations_admin"
    url_prefix = "evaluations"
    icon = "tasks"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", RoundListView.as_view(), name="index"),
            path("table.csv", RoundTableView.as_view(), name="table"),
            path("<int:pk>/", RoundView.as_view(), name="round"),
            path("publications/", PublicationListView.as_view(), name="publications"),
            path("publications/<int:pk>/", PublicationView.as_view(), name="publication"),
        ]

    def on_register(self) -> None:
        """The menu items stand in the group of wagtail_hooks."""


__all__ = ["EvaluationViewSet"]
