"""议事阵地 and 共建联系点 in the Wagtail admin; stations themselves are pages."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from portal.accounts.permissions import ScopedModelPolicy

from .models import ContactPointKind, DeliberationVenue
from .rules import CHANGE_VENUES
from .selectors import places_of, stations_of, venues_in_scope
from .services import save_venue

register_permission_policy(DeliberationVenue, ScopedModelPolicy(DeliberationVenue))


class VenueFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("类别"), choices=DeliberationVenue.Kind.choices)

    class Meta:
        model = DeliberationVenue
        fields = ["kind", "is_active"]


class VenueIndex(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return venues_in_scope(self.request.user)


class _ScopedForm:
    """Only places and stations of the own scope can be chosen, whatever is posted."""

    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        form.fields["division"].queryset = places_of(self.request.user, CHANGE_VENUES)
        form.fields["station"].queryset = stations_of(self.request.user)
        return form

    def save_instance(self) -> Any:
        form = self.form  # type: ignore[attr-defined]  # the view it is mixed into
        return save_venue(venue=form.save(commit=False), by=self.request.user)


class VenueCreate(_ScopedForm, generic.CreateView):
    pass


class VenueEdit(_ScopedForm, generic.EditView):
    def get_queryset(self) -> Any:
        return venues_in_scope(self.request.user)


class VenueViewSet(ModelViewSet):
    model = DeliberationVenue
    name = "venues"
    url_prefix = "venues"
    url_namespace = "stations_venues"
    icon = "home"
    menu_label = _("议事阵地")
    add_to_admin_menu = False
    form_fields = ["name", "kind", "division", "station", "address", "seats", "uses", "is_active"]
    list_display = [
        "name",
        Column("get_kind_display", label=_("类别")),
        "division",
        "station",
        BooleanColumn("is_active", label=_("在用")),
    ]
    search_fields = ["name", "address"]
    filterset_class = VenueFilters
    index_view_class = VenueIndex
    add_view_class = VenueCreate
    edit_view_class = VenueEdit
    copy_view_enabled = False
    inspect_view_enabled = False


class ContactPointKindViewSet(ModelViewSet):
    model = ContactPointKind
    name = "contact_points"
    url_prefix = "contact-points"
    url_namespace = "stations_contact_points"
    icon = "link"
    menu_label = _("共建联系点")
    add_to_admin_menu = False
    form_fields = ["name"]
    copy_view_enabled = False
    inspect_view_enabled = False
