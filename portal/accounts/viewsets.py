"""承办单位 in the Wagtail admin; and Wagtail's own user screens, closed."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from .models import HandlingUnit
from .permissions import ClosedPolicy, ScopedModelPolicy
from .selectors import divisions_in_scope

register_permission_policy(HandlingUnit, ScopedModelPolicy(HandlingUnit))


def _in_scope(user: Any) -> QuerySet[HandlingUnit]:
    return HandlingUnit.objects.filter(division__in=divisions_in_scope(user)).select_related("division")


class _ScopedIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[HandlingUnit]:
        return _in_scope(self.request.user)


class _ScopedForm:
    """Only divisions of the own scope can be chosen, whatever is posted."""

    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        form.fields["division"].queryset = divisions_in_scope(self.request.user).at_level(
            "county", "subdistrict", "township"
        )
        return form


class _ScopedCreate(_ScopedForm, generic.CreateView):
    pass


class _ScopedEdit(_ScopedForm, generic.EditView):
    def get_queryset(self) -> QuerySet[HandlingUnit]:
        return _in_scope(self.request.user)


class HandlingUnitViewSet(ModelViewSet):
    model = HandlingUnit
    name = "handling_units"
    url_prefix = "handling-units"
    url_namespace = "accounts_handling_units"
    menu_label = _("承办单位")
    icon = "form"
    menu_order = 30
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    index_view_class = _ScopedIndex
    add_view_class = _ScopedCreate
    edit_view_class = _ScopedEdit
    list_display = [
        "name",
        Column("get_kind_display", label=_("类别")),
        "division",
        BooleanColumn("is_active", label=_("在用")),
    ]
    list_filter = ["kind", "is_active"]
    form_fields = ["name", "kind", "division", "is_active"]


def close_wagtails_user_screens() -> None:
    """People are managed by our services, with scope and record: Wagtail's forms would go round them."""
    register_permission_policy(get_user_model(), ClosedPolicy(get_user_model()))
