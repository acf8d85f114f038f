"""The menu group 区划与口径 in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from . import permissions
from .views import staff


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLPattern]:
    return [
        path("terms/", staff.terms_index, name="jurisdictions_terms"),
        path("terms/<str:key>/", staff.terms_of_division, name="jurisdictions_terms_of_division"),
        path("terms/<str:key>/change/", staff.terms_change, name="jurisdictions_terms_change"),
        path("terms/<str:key>/<int:period>/withdraw/", staff.terms_withdraw, name="jurisdictions_terms_withdraw"),
        path("clauses/", staff.clause_list, name="jurisdictions_clauses"),
        path("divisions/", staff.division_import, name="jurisdictions_divisions"),
        path("site-profile/", staff.site_profile_edit, name="jurisdictions_site_profile"),
    ]


class _SiteProfileItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.user_can_change_site_profile(request.user)


class _DivisionsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.user_can_import_divisions(request.user)


@hooks.register("register_admin_menu_item")
def staff_menu() -> SubmenuMenuItem:
    items = [
        MenuItem(_("本地口径"), reverse_lazy("jurisdictions_terms"), icon_name="cogs", order=10),
        MenuItem(_("条款"), reverse_lazy("jurisdictions_clauses"), icon_name="list-ul", order=20),
        _DivisionsItem(_("区划"), reverse_lazy("jurisdictions_divisions"), icon_name="site", order=30),
        _SiteProfileItem(_("站点信息"), reverse_lazy("jurisdictions_site_profile"), icon_name="home", order=40),
    ]
    return SubmenuMenuItem(_("区划与口径"), Menu(items=items), icon_name="site", order=900)
