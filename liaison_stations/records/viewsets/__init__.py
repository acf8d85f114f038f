"""接待记录 in the Wagtail admin. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .day import DayView, PaperView
from .desk import RecordView
from .lists import ExportView, RecordListView
from .workbook import RecordImportView, TemplateView


class RecordsViewSet(ViewSet):
    name = "records_admin"
    url_prefix = "reception-records"
    icon = "form"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", RecordListView.as_view(), name="index"),
            path("export/", ExportView.as_view(), name="export"),
            path("template/", TemplateView.as_view(), name="template"),
            path("sessions/<slug:key>/", DayView.as_view(), name="day"),
            path("sessions/<slug:key>/import/", RecordImportView.as_view(), name="import"),
            path("sessions/<slug:key>/paper/", PaperView.as_view(), name="paper"),
            path("<slug:number>/", RecordView.as_view(), name="record"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""


__all__ = ["RecordsViewSet"]
