"""台账 in the Wagtail admin. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .calls import CallListView, CallView
from .desk import ItemView, ScanView
from .entry import EntryView
from .lists import BulkAssignView, HomeView, LedgerIndexView
from .paper import PaperLedgerView
from .sheets import SheetView
from .templates import TemplateEditView, TemplateListView


class LedgerViewSet(ViewSet):
    name = "ledger_admin"
    url_prefix = "ledger"
    icon = "list-ul"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", HomeView.as_view(), name="home"),
            path("items/", LedgerIndexView.as_view(), name="index"),
            path("items/results/", LedgerIndexView.as_view(results_only=True), name="index_results"),
            path("items/add/", EntryView.as_view(), name="add"),
            path("items/assign/", BulkAssignView.as_view(), name="assign"),
            path("items/import/", PaperLedgerView.as_view(), name="paper"),
            path("items/sheet/", SheetView.as_view(), name="sheet"),
            path("items/<int:pk>/", ItemView.as_view(), name="item"),
            path("calls/", CallListView.as_view(), name="calls"),
            path("calls/<int:pk>/", CallView.as_view(), name="call"),
            path("templates/", TemplateListView.as_view(), name="templates"),
            path("templates/add/", TemplateEditView.as_view(), name="template_add"),
            path("templates/<int:pk>/", TemplateEditView.as_view(), name="template"),
            path("scans/<int:pk>/", ScanView.as_view(), name="scan"),
        ]

    def on_register(self) -> None:
        """The menu items stand in the group of wagtail_hooks."""


__all__ = ["LedgerViewSet"]
