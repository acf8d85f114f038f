"""Wagtail's page views where ours differ; `use` puts them into the viewset that serves every page.

历史 is read by whoever reviews in the page's division, also after the decision, when the editor is closed to them:
Wagtail opens it only to those who may edit or publish. What changes anything stays closed. 批注 are told through the
outbox instead of by mail from within the request.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.revisions import RevisionsCompareView, RevisionsRevertView, RevisionsView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from ..notifications import page_commented


class Readable:
    """Instead of Wagtail's check; without the right to edit no link to the editor is offered."""

    request: Any
    pk: Any
    edit_url_name: str | None
    revisions_revert_url_name: str | None

    def get_object(self, queryset: Any = None) -> Any:
        page = get_object_or_404(Page, pk=self.pk).specific
        rights = page.permissions_for_user(self.request.user)
        if not rights.can_view_revisions():
            raise PermissionDenied
        if not rights.can_edit():
            self.edit_url_name = self.revisions_revert_url_name = None
        return page


class HistoryView(Readable, PageHistoryView):
    any_permission_required = None

    @property
    def header_buttons(self) -> list[Any]:
        return super().header_buttons if self.edit_url_name else []


class RevisionView(Readable, RevisionsView):
    pass


class CompareView(Readable, RevisionsCompareView):
    pass


class TellsOfComments:
    page: Any
    request: Any

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        page_commented(page=self.page, by=self.request.user, changes=changes)


class PortalEditView(TellsOfComments, EditView):
    pass


class PortalRevertView(TellsOfComments, RevisionsRevertView):
    pass


def use(viewset: PageViewSet) -> None:
    viewset.history_view_class = HistoryView
    viewset.revisions_view_class = RevisionView
    viewset.revisions_compare_view_class = CompareView
    viewset.edit_view_class = PortalEditView
    viewset.revisions_revert_view_class = PortalRevertView
