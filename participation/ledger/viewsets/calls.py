"""电话回访 in the Wagtail admin: whom to phone, what to read out, what came of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused

from .. import services
from ..forms import CallForm
from ..models import CallBack
from ..permissions import CALL_BACK, user_can_open_calls
from ..selectors.asking import calls_waiting
from ..selectors.desk import party_line

PER_PAGE = 20


class _CallsOnly(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_calls(request.user):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_page_title(self) -> str:
        return _("电话回访")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": reverse("ledger_admin:calls"), "label": _("电话回访")}]


class CallListView(_CallsOnly):
    template_name = "ledger/admin/call_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(calls_waiting(self.request.user, CALL_BACK), PER_PAGE).get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "page": page}


class CallView(_CallsOnly):
    template_name = "ledger/admin/call_detail.html"
    shows_contacts = False

    @cached_property
    def call(self) -> CallBack:
        call = calls_waiting(self.request.user, CALL_BACK).filter(pk=self.kwargs["pk"]).first()
        if call is None:
            raise Http404
        found: CallBack = call
        return found

    def form(self, data: Any = None) -> CallForm:
        return CallForm(data, label_suffix="", questions=self.call.rater.round.questions)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        person = party_line(self.call.party, shows_contacts=self.shows_contacts)
        return {
            **super().get_context_data(**kwargs),
            "call": self.call,
            "item": self.call.reply.item,
            "person": person,
            "shows_contacts": self.shows_contacts,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "show_contacts" in request.POST:
            return self._show_contacts()
        form = self.form(request.POST)
        if form.is_valid():
            try:
                services.record_call(call=self.call, by=request.user, **form.given())
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("已登记回访结果。"))
                return redirect("ledger_admin:calls")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _show_contacts(self) -> HttpResponse:
        form = CallForm(initial=self.request.POST.dict(), label_suffix="", questions=self.call.rater.round.questions)
        try:
            services.record_call_contact(call=self.call, by=self.request.user)
            self.shows_contacts = True
        except Refused as refusal:
            messages.error(self.request, str(refusal.message))
        return self.render_to_response(self.get_context_data(form=form))
