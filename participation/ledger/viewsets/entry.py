"""登记事项: one matter by hand, for the committee; scripts are not needed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused

from .. import services
from ..forms.entry import EntryForm
from ..permissions import MANAGE
from .access import WorkplaceOnly
from .paper import divisions_for


class EntryView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "ledger/admin/entry_form.html"
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm(MANAGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("登记事项")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("ledger_admin:home"), "label": _("台账")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": _("登记事项")}]

    def form(self, data: Any = None) -> EntryForm:
        initial = {"raised_on": timezone.localdate()}
        return EntryForm(data, divisions=divisions_for(self.request.user), initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.form(request.POST)
        if form.is_valid():
            parties = tuple(services.NewParty(**person) for person in form.people())
            new = services.NewItem(**form.facts(), parties=parties)
            try:
                item = services.enter_item(by=request.user, new=new, key=form.cleaned_data["form_key"])
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                words = _("%s已登记。下一步：明确类别和事权，再交办。")
                messages.success(request, words % item.reference)
                return redirect("ledger_admin:item", pk=item.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)
