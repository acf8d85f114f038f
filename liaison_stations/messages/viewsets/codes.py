"""联络站码、代表码: issued, printed as posters, revoked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from participation.moderation.rules import Refused
from portal.frame.structured import qr_svg
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_by_division

from .. import services
from ..forms import IssueForm, ReasonForm
from ..models import DeputyQrCode
from ..selectors import codes_in_scope, deputies_in_scope, stations_at, stations_in_scope, streets_with_codes
from .access import CodesOnly, codes_item, start_item

PER_PAGE, MOST_OFFERED, MOST_POSTERS = 50, 100, 60
STEPS: dict[str, tuple[Any, Callable[..., DeputyQrCode]]] = {
    "reissue": (gettext_lazy("换一个新码，停用这个"), services.reissue_code),
    "revoke": (gettext_lazy("停用"), services.revoke_code),
}


def _asked_street(request: HttpRequest) -> Division | None:
    """`?division=CODE`, within reach only."""
    code = request.GET.get("division", "")
    found: Division | None = streets_with_codes(request.user).filter(code=code).first() if code else None
    return found


class CodeListView(CodesOnly, WagtailAdminTemplateMixin, TemplateView):
    """GET lists the codes and who has none; POST issues those that were ticked."""

    template_name = "deputy_messages/admin/code_list.html"
    header_icon = "link"

    def get_page_title(self) -> str:
        return _("联络站码、代表码")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": _("联络站码、代表码")}]

    @cached_property
    def owners(self) -> dict[str, LiaisonStation | Deputy]:
        """Without a valid code, stations first."""
        valid = DeputyQrCode.objects.valid()
        stations = stations_in_scope(self.request.user).exclude(
            pk__in=valid.filter(station__isnull=False).values("station")
        )
        people = deputies_in_scope(self.request.user).exclude(
            pk__in=valid.filter(deputy__isnull=False).values("deputy")
        )
        found: dict[str, LiaisonStation | Deputy] = {
            f"station-{row.pk}": row for row in stations.order_by("division__path", "path")[:MOST_OFFERED]
        }
        return found | {f"deputy-{row.pk}": row for row in people.order_by("division__path", "name")[:MOST_OFFERED]}

    def issue_form(self, data: Any = None) -> IssueForm:
        return IssueForm(data, owners=[(key, str(row)) for key, row in self.owners.items()])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("issue", self.issue_form())
        rows = codes_in_scope(self.request.user)
        words = self.request.GET.get("q", "").strip()[:40]
        if words:
            rows = rows.filter(Q(station__title__contains=words) | Q(deputy__name__contains=words))
        street = _asked_street(self.request)
        if street is not None:
            rows = rows.filter(division__path__startswith=street.path)
        rows = rows.order_by(
            F("revoked_at").asc(nulls_first=True), "division__path", F("station").desc(nulls_last=True), "pk"
        )
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        streets = list(streets_with_codes(self.request.user))
        return {**context, "page": page, "words": words, "owners": self.owners, "street": street, "streets": streets}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.issue_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(issue=form), status=422)
        made = 0
        for key in form.cleaned_data["chosen"]:
            owner = self.owners[key]
            place = {"station": owner} if isinstance(owner, LiaisonStation) else {"deputy": owner}
            try:
                services.issue_code(by=request.user, **place)
            except Refused as refusal:
                messages.error(request, f"{owner}：{refusal.message}")
            else:
                made += 1
        if made:
            messages.success(request, _("启用了%d个码，可以打印海报。") % made)
        return redirect("messages_admin:codes")


class CodeView(CodesOnly, WagtailAdminTemplateMixin, TemplateView):
    """One code: its square, its posters, and how it ends."""

    template_name = "deputy_messages/admin/code_detail.html"
    header_icon = "link"

    @cached_property
    def code(self) -> DeputyQrCode:
        found: DeputyQrCode = get_object_or_404(codes_in_scope(self.request.user), pk=self.kwargs["pk"])
        return found

    def get_page_title(self) -> str:
        return str(self.code)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), codes_item(), {"url": "", "label": str(self.code)}]

    def get_context_data(self, refused: tuple[str, ReasonForm] | None = None, **kwargs: Any) -> dict[str, Any]:
        address = self.request.build_absolute_uri(self.code.get_absolute_url())
        offers = [
            {
                "step": step,
                "label": label,
                "form": refused[1] if refused and refused[0] == step else ReasonForm(prefix=step),
                "is_open": bool(refused and refused[0] == step),
            }
            for step, (label, _run) in STEPS.items()
            if self.code.is_valid
        ]
        facts = {"code": self.code, "address": address, "qr": qr_svg(address), "offers": offers}
        return {**super().get_context_data(**kwargs), **facts}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        step = request.POST.get("step", "")
        if step not in STEPS:
            messages.error(request, _("这一步现在不能办理。"))
            return self.render_to_response(self.get_context_data(), status=422)
        form = ReasonForm(request.POST, prefix=step)
        if form.is_valid():
            try:
                code = STEPS[step][1](code=self.code, by=request.user, reason=form.cleaned_data["reason"])
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("%s，已完成。") % STEPS[step][0])
                return redirect("messages_admin:code", pk=code.pk)
        return self.render_to_response(self.get_context_data(refused=(step, form)), status=422)


class PosterView(CodesOnly, TemplateView):
    """A sheet for each code, A4 or two A5 on a page: `?code=1&code=2&size=a5`; without `code` all valid ones, of one
    street with `?division=CODE`."""

    template_name = "deputy_messages/admin/poster.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = codes_in_scope(request.user).valid().order_by("division__path", F("station").desc(nulls_last=True), "pk")
        keys = [key for key in request.GET.getlist("code") if key.isdecimal() and len(key) < 16]
        if "picked" in request.GET and not keys:  # the list's button, nothing ticked
            messages.error(request, _("请先勾选要打印的码。"))
            return redirect("messages_admin:codes")
        if keys:
            rows = rows.filter(pk__in=keys)
        street = _asked_street(request)
        if street is not None:
            rows = rows.filter(division__path__startswith=street.path)
        page = Paginator(rows, MOST_POSTERS).get_page(request.GET.get("p"))
        stations = stations_at({row.division_id for row in page})
        terms = terms_by_division({row.division for row in page})
        sheets = [
            {
                "code": row,
                "address": (address := request.build_absolute_uri(row.get_absolute_url())),
                "qr": qr_svg(address),
                "days": terms[row.division_id]["message_answer_days"],
                "station": row.station or stations.get(row.division_id),
            }
            for row in page
        ]
        size = "a5" if request.GET.get("size") == "a5" else "a4"
        query = request.GET.copy()
        for name in ("p", "size"):
            query.pop(name, None)
        context = {"sheets": sheets, "size": size, "page": page, "most": MOST_POSTERS, "query": query.urlencode()}
        return self.render_to_response(context)
