"""补发查询码 in the Wagtail admin."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from . import services
from .forms import ReissueForm
from .models import QueryCodeIssue
from .permissions import ReissuePolicy, user_can_reissue_query_code

register_permission_policy(QueryCodeIssue, ReissuePolicy(QueryCodeIssue))


class ReissueView(generic.CreateView):
    def form_valid(self, form: ReissueForm) -> HttpResponse:
        if not user_can_reissue_query_code(self.request.user, form.found):
            form.add_error("number", _("这个编号不在您的工作范围内"))
            return self.form_invalid(form)
        return super().form_valid(form)

    def save_instance(self) -> QueryCodeIssue:
        number = self.form.cleaned_data["number"]
        self.code = services.reissue_query_code(
            number=number, by=self.request.user, reason=self.form.cleaned_data["reason"]
        )
        return QueryCodeIssue.objects.get(number=number)

    def get_success_message(self, instance: Any = None) -> str:
        return _("%(number)s 的新查询码是 %(code)s，请当面写给本人；旧的查询码已失效。") % {
            "number": self.object.number,
            "code": self.code,
        }

    def get_success_buttons(self) -> list[Any]:
        return []


class QueryCodeIssueViewSet(ModelViewSet):
    model = QueryCodeIssue
    name = "query_codes"
    url_prefix = "lookup/query-codes"
    url_namespace = "lookup_query_codes"
    menu_label = gettext_lazy("补发查询码")
    menu_name = "lookup-query-codes"
    icon = "key"
    menu_order = 40
    menu_hook = "register_participation_menu_item"  # the group 议事 is made upstairs
    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = ReissueView
    list_display = ["number", "counter", DateColumn("reissued_at", label=gettext_lazy("最近补发时间"))]
    search_fields = ["number"]
    search_backend_name = None
    ordering = ["-reissued_at"]

    def get_form_class(self, for_update: bool = False) -> type[ReissueForm]:
        return ReissueForm
