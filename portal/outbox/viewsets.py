"""消息 in the Wagtail admin: uncertain deliveries, and people to be told in person."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from . import selectors, services
from .forms import DecisionForm, NoticeTryForm
from .models import Delivery, NoticeTask
from .permissions import DecideOnlyPolicy, NoticeTaskPolicy
from .services.decisions import NotOpen

MENU = "register_participation_menu_item"  # the group 议事 is made upstairs

register_permission_policy(Delivery, DecideOnlyPolicy(Delivery))
register_permission_policy(NoticeTask, NoticeTaskPolicy(NoticeTask))


class ServiceEditView(generic.EditView):
    """An edit page whose form is handed to a service; what somebody else decided meanwhile is said by the form."""

    produced_error_message: str | None = None  # Wagtail sets it only on forms it found invalid itself

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except NotOpen:
            form.add_error(None, ValidationError(_("这一件已被别人处理过，请返回列表刷新。")))
            return self.form_invalid(form)

    def get_success_buttons(self) -> list[Any]:
        return []


class DecideView(ServiceEditView):
    template_name = "outbox/admin/delivery_decide.html"

    def get_queryset(self) -> QuerySet[Delivery]:
        return selectors.deliveries_for_staff()

    def save_instance(self) -> Delivery:
        return services.decide_delivery(
            delivery=self.object,
            decision=self.form.cleaned_data["decision"],
            by=self.request.user,
            reason=self.form.cleaned_data["reason"],
        )


class DeliveryFilterSet(WagtailFilterSet):
    class Meta:
        model = Delivery
        fields = ["state", "channel"]


class DeliveryViewSet(ModelViewSet):
    model = Delivery
    name = "deliveries"
    url_prefix = "outbox/deliveries"
    url_namespace = "outbox_deliveries"
    menu_label = gettext_lazy("待定的投递")
    menu_name = "outbox-deliveries"
    icon = "mail"
    menu_order = 90
    menu_hook = MENU
    copy_view_enabled = False
    add_to_reference_index = False
    edit_view_class = DecideView
    ordering = ["-due_at", "-pk"]
    filterset_class = DeliveryFilterSet
    list_display = [
        "message",
        Column("channel", label=gettext_lazy("渠道"), accessor="get_channel_display"),
        Column("state", label=gettext_lazy("状态"), accessor="get_state_display"),
        Column("problem", label=gettext_lazy("原因")),
        DateColumn("claimed_at", label=gettext_lazy("最近一次"), sort_key="claimed_at"),
    ]
    list_export = ["message.title", "get_channel_display", "get_state_display", "problem", "attempts", "claimed_at"]
    export_headings = {
        "message.title": gettext_lazy("消息"),
        "get_channel_display": gettext_lazy("渠道"),
        "get_state_display": gettext_lazy("状态"),
    }
    export_filename = "deliveries"
    form_fields: list[str] = []

    class IndexView(generic.IndexView):
        def get_base_queryset(self) -> QuerySet[Delivery]:
            return selectors.deliveries_for_staff()

    index_view_class = IndexView

    def get_form_class(self, for_update: bool = False) -> type[DecisionForm]:
        return DecisionForm


class NoticeTryView(ServiceEditView):
    template_name = "outbox/admin/notice_task_record.html"

    def get_queryset(self) -> QuerySet[NoticeTask]:
        return selectors.notice_tasks_for(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = selectors.people_to_tell(self.object)
        return super().get_context_data(people=people, tries=self.object.tries.all(), **kwargs)

    def save_instance(self) -> NoticeTask:
        cleaned = self.form.cleaned_data
        return services.record_notice_try(
            task=self.object,
            way=cleaned["way"],
            result=cleaned["result"],
            note=cleaned["note"],
            by=self.request.user,
        )


class NoticeTaskFilterSet(WagtailFilterSet):
    class Meta:
        model = NoticeTask
        fields = ["state", "mine"]

    mine = django_filters.ChoiceFilter(
        label=gettext_lazy("告知人"), choices=[("1", gettext_lazy("由我告知"))], method="only_mine"
    )

    def only_mine(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(assignee=self.request.user)


class NoticeTaskViewSet(ModelViewSet):
    model = NoticeTask
    name = "notice_tasks"
    url_prefix = "outbox/notice-tasks"
    url_namespace = "outbox_notice_tasks"
    menu_label = gettext_lazy("告知任务")
    menu_name = "outbox-notice-tasks"
    icon = "comment"
    menu_order = 15
    menu_hook = MENU
    copy_view_enabled = False
    add_to_reference_index = False
    edit_view_class = NoticeTryView
    ordering = ["created_at", "pk"]
    filterset_class = NoticeTaskFilterSet
    search_fields = ["script"]
    search_backend_name = None
    list_display = [
        "__str__",
        Column("division", label=gettext_lazy("区划")),
        Column("assignee", label=gettext_lazy("告知人")),
        Column("state", label=gettext_lazy("状态"), accessor="get_state_display"),
        DateColumn("created_at", label=gettext_lazy("产生时间"), sort_key="created_at"),
    ]
    list_export = ["division", "assignee", "get_state_display", "created_at", "script"]
    export_headings = {"get_state_display": gettext_lazy("状态")}
    export_filename = "notice-tasks"
    form_fields: list[str] = []

    class IndexView(generic.IndexView):
        def get_base_queryset(self) -> QuerySet[NoticeTask]:
            return selectors.notice_tasks_for(self.request.user)

    index_view_class = IndexView

    def get_form_class(self, for_update: bool = False) -> type[NoticeTryForm]:
        return NoticeTryForm
