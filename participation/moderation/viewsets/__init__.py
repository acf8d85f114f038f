"""审核 in the Wagtail admin: the queue, one review, the same verb for many; reports, appeals, closing of comments.

Everything works without scripts.
"""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .appeals import AppealListView, AppealView
from .closures import ClosureView
from .queue import ReviewBulkView, ReviewIndexView
from .reports import ReportListView, ReportView
from .review import ReviewView


class _InGroup(ViewSet):
    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""


class ReviewViewSet(_InGroup):
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


class ReportViewSet(_InGroup):
    name = "reports"
    url_prefix = "reports-of-readers"
    icon = "warning"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ReportListView.as_view(), name="index"),
            path("<int:pk>/", ReportView.as_view(), name="detail"),
        ]


class AppealViewSet(_InGroup):
    name = "appeals"
    url_prefix = "appeals"
    icon = "help"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AppealListView.as_view(), name="index"),
            path("<int:pk>/", AppealView.as_view(), name="detail"),
        ]


class ClosureViewSet(_InGroup):
    name = "closures"
    url_prefix = "comment-closures"
    icon = "lock"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", ClosureView.as_view(), name="index")]


__all__ = ["AppealViewSet", "ClosureViewSet", "ReportViewSet", "ReviewViewSet"]
