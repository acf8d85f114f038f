"""审核 in the Wagtail admin: the queue, one review, and the same verb for many. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .queue import ReviewBulkView, ReviewIndexView
from .review import ReviewView


class ReviewViewSet(ViewSet):
    name = "reviews"
    url_prefix = "reviews"
    icon = "tasks"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ReviewIndexView.as_view(), name="index"),
            path("results/", ReviewIndexView.as_view(results_only=True), name="index_results"),
            path("bulk/", ReviewBulkView.as_view(), name="bulk"),
            path("<int:pk>/", ReviewView.as_view(), name="review"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""
