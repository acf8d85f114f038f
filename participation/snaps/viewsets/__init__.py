"""随手拍 in the Wagtail admin, under 参与. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .desk import ExportView, SnapListView, SnapView
from .redacting import AddUnitPhotosView, OriginalView, RedactView
from .workbook import FeedbackImportView, FeedbackTemplateView


class SnapViewSet(ViewSet):
    name = "snaps_admin"
    url_prefix = "snaps"
    icon = "image"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", SnapListView.as_view(), name="index"),
            path("export/", ExportView.as_view(), name="export"),
            path("feedback/import/", FeedbackImportView.as_view(), name="feedback_import"),
            path("feedback/template/", FeedbackTemplateView.as_view(), name="feedback_template"),
            path("<int:pk>/unit-photos/", AddUnitPhotosView.as_view(), name="unit_photos"),
            path("<int:pk>/", SnapView.as_view(), name="detail"),
            path("photos/<int:pk>/", RedactView.as_view(), name="redact"),
            path("photos/<int:pk>/original/", OriginalView.as_view(), name="original"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""


__all__ = ["SnapViewSet"]
