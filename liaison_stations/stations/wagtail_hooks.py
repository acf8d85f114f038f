"""The menu group 联络站 in the Wagtail admin. Features above add theirs with `register_stations_menu_item`."""

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .models import LiaisonStation
from .rules import VIEW_VENUES
from .selectors import directory, own_station
from .viewsets import ContactPointKindViewSet, VenueViewSet

stations_menu = Menu(register_hook_name="register_stations_menu_item")


@hooks.register("register_admin_viewset")
def venues() -> VenueViewSet:
    return VenueViewSet()


@hooks.register("register_admin_viewset")
def contact_points() -> ContactPointKindViewSet:
    return ContactPointKindViewSet()


class OwnStationItem(MenuItem):
    """The clerk's own station, opened for editing; the directory for whoever keeps several."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.has_perm(LiaisonStation.right_to("change")))

    def render_component(self, request: HttpRequest) -> object:
        station, parent = own_station(request.user), directory()
        if station is not None:
            self.url = reverse("wagtailadmin_pages:edit", args=[station.pk])
        elif parent is not None:
            self.url = reverse("wagtailadmin_explore", args=[parent.pk])
        return super().render_component(request)


class VenuesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.has_perm(VIEW_VENUES))


class ContactPointsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.has_perm("stations.change_contactpointkind"))


@hooks.register("register_stations_menu_item")
def own_station_item() -> MenuItem:
    return OwnStationItem(_("本站页面"), "/admin/pages/", name="own-station", icon_name="doc-full", order=10)


@hooks.register("register_stations_menu_item")
def venues_item() -> MenuItem:
    return VenuesItem(_("议事阵地"), reverse_lazy("stations_venues:index"), name="venues", icon_name="home", order=80)


@hooks.register("register_stations_menu_item")
def contact_points_item() -> MenuItem:
    url = reverse_lazy("stations_contact_points:index")
    return ContactPointsItem(_("共建联系点"), url, name="contact-points", icon_name="link", order=90)


@hooks.register("register_admin_menu_item")
def stations_group() -> MenuItem:
    return SubmenuMenuItem(_("联络站"), stations_menu, name="stations-group", icon_name="site", order=45)
