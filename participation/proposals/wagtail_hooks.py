from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import ENTER, VIEW_ORIGINAL
from .viewsets import EntryViewSet, ProposalViewSet


class PermittedMenuItem(MenuItem):
    def __init__(self, *args: object, permission: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.has_perm(self.permission))


@hooks.register("register_admin_viewset")
def register_entry() -> EntryViewSet:
    return EntryViewSet()


@hooks.register("register_admin_viewset")
def register_proposals() -> ProposalViewSet:
    return ProposalViewSet()


@hooks.register("register_participation_menu_item")
def register_proposals_item() -> MenuItem:
    url = reverse("proposals_admin:index")
    return PermittedMenuItem(_("居民建议"), url, name="proposals", icon_name="form", order=20, permission=VIEW_ORIGINAL)


@hooks.register("register_participation_menu_item")
def register_entry_item() -> MenuItem:
    url = reverse("proposals_entry:index")
    return PermittedMenuItem(_("代填录入"), url, name="proposal-entry", icon_name="edit", order=30, permission=ENTER)
