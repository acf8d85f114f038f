"""纠错 in the Wagtail admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from .forms import AnswerForm
from .models import Correction
from .permissions import AnswerOnlyPolicy
from .selectors import corrections_for
from .services import AlreadyAnswered, answer_correction
from .states import State

register_permission_policy(Correction, AnswerOnlyPolicy(Correction))


class CorrectionIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Correction]:
        return corrections_for(self.request.user)


class AnswerView(generic.EditView):
    template_name = "corrections/admin/correction_answer.html"
    produced_error_message: str | None = None  # Wagtail sets it only on forms it found invalid itself

    def get_queryset(self) -> QuerySet[Correction]:
        return corrections_for(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_open=self.object.state == State.WAITING, **kwargs)

    def save_instance(self) -> Correction:
        return answer_correction(correction=self.object, by=self.request.user, **self.form.cleaned_data)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except AlreadyAnswered:
            form.add_error(None, ValidationError(_("这一件已被别人处理过，请返回列表刷新。")))
            return self.form_invalid(form)

    def get_success_buttons(self) -> list[Any]:
        return []


class CorrectionFilterSet(WagtailFilterSet):
    class Meta:
        model = Correction
        fields = ["state"]


class CorrectionViewSet(ModelViewSet):
    model = Correction
    name = "corrections"
    url_prefix = "corrections"
    url_namespace = "corrections_admin"
    menu_label = pgettext_lazy("staff", "纠错")
    menu_name = "corrections"
    icon = "warning"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = CorrectionIndexView
    edit_view_class = AnswerView
    filterset_class = CorrectionFilterSet
    ordering = ["-created_at", "-pk"]
    search_fields = ["words", "page_title", "address"]
    search_backend_name = None
    list_display = [
        "__str__",
        Column("division", label=gettext_lazy("区划")),
        Column("state", label=gettext_lazy("状态"), accessor="get_state_display"),
        DateColumn("created_at", label=gettext_lazy("收到时间"), sort_key="created_at"),
        Column("answered_by", label=gettext_lazy("处理人")),
    ]
    list_export = [
        "address",
        "page_title",
        "words",
        "division",
        "get_state_display",
        "answer",
        "created_at",
        "answered_by",
        "answered_at",
    ]
    export_headings = {"get_state_display": gettext_lazy("状态")}
    export_filename = "corrections"
    form_fields: list[str] = []

    def get_form_class(self, for_update: bool = False) -> type[AnswerForm]:
        return AnswerForm
