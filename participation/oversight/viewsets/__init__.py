"""工作评议 in the Wagtail admin, under 监督. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .desk import AppraisalView, ScanView
from .lists import AppraisalListView, PlanView
from .papers import ExportView, ReportView, ResultDocxView, ResultPaperView
from .rolls import RollImportView, RollTemplateView


class OversightViewSet(ViewSet):
    name = "oversight_admin"
    url_prefix = "oversight/appraisals"
    icon = "clipboard-list"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AppraisalListView.as_view(), name="index"),
            path("add/", PlanView.as_view(), name="add"),
            path("export/", ExportView.as_view(), name="export"),
            path("<int:pk>/", AppraisalView.as_view(), name="appraisal"),
            path("<int:pk>/plan/", PlanView.as_view(), name="plan"),
            path("<int:pk>/report/", ReportView.as_view(), name="report"),
            path("<int:pk>/roll/", RollImportView.as_view(), name="roll"),
            path("<int:pk>/roll/template/", RollTemplateView.as_view(), name="roll_template"),
            path("<int:pk>/docx/", ResultDocxView.as_view(), name="docx"),
            path("<int:pk>/paper/", ResultPaperView.as_view(), name="paper"),
            path("<int:pk>/scans/<str:recipient>/", ScanView.as_view(), name="scan"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""


__all__ = ["OversightViewSet"]
