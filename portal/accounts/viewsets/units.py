"""承办单位 in the Wagtail admin; and Wagtail's own user screens, closed."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from .. import rules
from ..models import HandlingUnit, NoticeText
from ..permissions import ClosedPolicy, PublishOnlyPolicy, ScopedModelPolicy
from ..privacy_notice import current_notice
from ..selectors import divisions_in_scope
from ..services import publish_notice

register_permission_policy(HandlingUnit, ScopedModelPolicy(HandlingUnit))
register_permission_policy(NoticeText, PublishOnlyPolicy(NoticeText))


def _in_scope(user: Any, roles: Iterable[str] = tuple(rules.APPOINTS)) -> QuerySet[HandlingUnit]:
    return HandlingUnit.objects.filter(division__in=divisions_in_scope(user, roles)).select_related("division")


class _ScopedIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[HandlingUnit]:
        return _in_scope(self.request.user, rules.UNIT_READERS)


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


class PublishNoticeView(generic.CreateView):
    """Begins with the text in force: `?kind=terms` for the terms of use."""

    def get_initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("kind", "")
        kind = wanted if wanted in NoticeText.Kind.values else NoticeText.Kind.PRIVACY.value
        return {**super().get_initial(), "kind": kind, "text": current_notice(kind).source}

    def save_instance(self) -> NoticeText:
        cleaned = self.form.cleaned_data
        return publish_notice(
            kind=cleaned["kind"], text=cleaned["text"], asks_again=cleaned["asks_again"], by=self.request.user
        )

    def get_success_buttons(self) -> list[Any]:
        return []


class NoticeTextViewSet(ModelViewSet):
    """规则文本: every version is there to be read; a new one is published, none is changed."""

    model = NoticeText
    name = "notice_texts"
    url_prefix = "notice-texts"
    url_namespace = "accounts_notice_texts"
    menu_label = _("规则文本")
    icon = "doc-full"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "version", "asks_again", "published_at", "published_by"]
    add_to_reference_index = False
    add_view_class = PublishNoticeView
    form_fields = ["kind", "text", "asks_again"]
    list_display = [
        "version",
        Column("kind", label=_("哪一份"), accessor="get_kind_display"),
        Column("published_at", label=_("发布时间")),
        Column("published_by", label=_("发布人")),
        BooleanColumn("asks_again", label=_("须重新取得同意")),
    ]
    ordering = ["-published_at"]
