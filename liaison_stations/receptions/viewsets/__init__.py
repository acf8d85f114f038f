"""接待排班 in the Wagtail admin. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .desk import SessionView, SheetView, SignInView
from .documents import DocumentFileView, DocumentsView
from .duties import DutiesView
from .month import DesksView, ExportView, MonthView
from .scheme import SchemeView
from .tasks import TasksView
from .workbook import MonthImportView, TemplateView


class ReceptionsViewSet(ViewSet):
    name = "receptions_admin"
    url_prefix = "receptions"
    icon = "calendar-alt"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", DesksView.as_view(), name="index"),
            path("template/", TemplateView.as_view(), name="template"),
            path("tasks/", TasksView.as_view(), name="tasks"),
            path("<int:pk>/", MonthView.as_view(), name="month"),
            path("<int:pk>/export/", ExportView.as_view(), name="export"),
            path("<int:pk>/import/", MonthImportView.as_view(), name="import"),
            path("<int:pk>/documents/", DocumentsView.as_view(), name="documents"),
            path("<int:pk>/duties/", DutiesView.as_view(), name="duties"),
            path("<int:pk>/scheme/", SchemeView.as_view(), name="scheme"),
            path("documents/<int:document>/", DocumentFileView.as_view(), name="document"),
            path("sessions/<slug:key>/", SessionView.as_view(), name="session"),
            path("sessions/<slug:key>/sheet/", SheetView.as_view(), name="sheet"),
            path("sessions/<slug:key>/sign-in/", SignInView.as_view(), name="sign_in"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""


__all__ = ["ReceptionsViewSet"]
