"""The queue, one report, and the list as a file."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from portal.trail.selectors import history_of

from .. import services
from ..exports import snaps_xlsx
from ..forms import FORMS, SnapQueueForm
from ..models import ACTION_LABELS, SnapReport
from ..notifications import SUBJECT_KIND
from ..permissions import user_can_handle_snap, user_can_import_feedback, user_can_review_snap
from ..selectors import names_of, unit_photos_waiting
from ..states import Action, State, next_state
from .access import DeskOnly, rows_for, start_item

PER_PAGE = 30
EXPORT_AT_MOST = 5000
BULK_AT_MOST = 100
RUN: dict[Action, Callable[..., Any]] = {
    Action.ASSIGN: services.assign_snap,
    Action.FORWARD: services.forward_to_hotline,
    Action.RECEIVE_FEEDBACK: services.receive_feedback,
    Action.CORRECT_NUMBER: services.correct_hotline_number,
    Action.CLOSE: services.close_snap,
}


def narrowed(request: HttpRequest) -> tuple[SnapQueueForm, Any]:
    form = SnapQueueForm(request.GET)
    rows = rows_for(request.user).with_photos_waiting().order_by("-captured_at", "-pk")
    asked = form.cleaned_data if form.is_valid() else {}
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    return form, rows.filter(has_photos_waiting=True) if asked.get("has_photos_waiting") else rows


class SnapListView(DeskOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "snaps/admin/snap_queue.html"
    header_icon = "image"

    def get_page_title(self) -> str:
        return _("随手拍")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("随手拍")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, rows = narrowed(self.request)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        asked = form.cleaned_data if form.is_valid() else {}
        chosen = {"state": asked.get("state", "")} | (
            {"has_photos_waiting": "on"} if asked.get("has_photos_waiting") else {}
        )
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "query": urlencode(chosen),
            "is_narrowed": any(asked.values()),
            "may_handle": user_can_import_feedback(self.request.user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Several are assigned at once, or none of them."""
        keys = [key for key in request.POST.getlist("snap") if key.isdecimal() and len(key) < 16][:BULK_AT_MOST]
        rows = list(rows_for(request.user).filter(pk__in=keys))
        if not rows:
            messages.error(request, _("请先勾选要交办的件。"))
            return redirect("snaps_admin:index")
        if len(rows) != len(set(keys)):
            raise PermissionDenied
        try:
            count = services.assign_snaps(snaps=rows, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("已交办%d件。") % count)
        return redirect("snaps_admin:index")


class ExportView(DeskOnly, View):
    """What the list shows, as .xlsx."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        _form, rows = narrowed(request)
        listed = list(rows[:EXPORT_AT_MOST])
        services.record_export(by=request.user, rows=len(listed))
        return snaps_xlsx(listed)


class SnapView(DeskOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "snaps/admin/snap_desk.html"
    header_icon = "image"

    @cached_property
    def snap(self) -> SnapReport:
        found: SnapReport = get_object_or_404(
            rows_for(self.request.user).select_related("sender", "verified_by"), pk=self.kwargs["pk"]
        )
        return found

    def get_page_title(self) -> str:
        return self.snap.own_title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": self.snap.number}]

    def get_context_data(self, refused: tuple[Action, forms.Form] | None = None, **kwargs: Any) -> dict[str, Any]:
        snap, user = self.snap, self.request.user
        return {
            **super().get_context_data(**kwargs),
            "snap": snap,
            "photos": list(snap.photos.all()),
            "offers": self.offers(refused),
            "may_review": user_can_review_snap(user, snap),
            "unit_photos": list(unit_photos_waiting(snap)),
            "waits_for_ledger": not snap.is_item_closed_off and next_state(Action.CLOSE, State(snap.state)) is not None,
            "history": self.history(),
            "seen_by": snap.sightings.count(),
        }

    def offers(self, refused: tuple[Action, forms.Form] | None) -> list[dict[str, Any]]:
        """Only what may be done now, by this person."""
        if not user_can_handle_snap(self.request.user, self.snap):
            return []
        found = []
        for action, kind in FORMS.items():
            is_refused = refused is not None and refused[0] == action
            if not is_refused and not self.is_offered(action):
                continue
            initial = {"hotline_number": self.snap.hotline_number} if action == Action.CORRECT_NUMBER else {}
            form = refused[1] if refused and is_refused else kind(prefix=action.value, initial=initial)
            found.append({"action": action.value, "label": ACTION_LABELS[action], "form": form})
        return found

    def is_offered(self, action: Action) -> bool:
        snap = self.snap
        if action == Action.FORWARD and snap.ledger_item is not None:
            return snap.is_item_voided
        if action == Action.CORRECT_NUMBER and not snap.hotline_number:
            return False
        if action == Action.CLOSE and not snap.is_item_closed_off:
            return False
        return next_state(action, State(snap.state)) is not None

    def history(self) -> list[dict[str, Any]]:
        entries = history_of(SUBJECT_KIND, self.snap.number)
        names = names_of(entries)
        labels = {action.value: label for action, label in ACTION_LABELS.items()}
        return [
            {
                "at": each.at,
                "verb": labels.get(each.verb, each.verb),
                "actor": names.get(each.actor, ""),
                "reason": each.reason,
            }
            for each in entries
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_can_handle_snap(request.user, self.snap):
            raise PermissionDenied
        name = request.POST.get("step", "")
        action = Action(name) if name in list(Action) and Action(name) in FORMS else None
        if action is None:
            messages.error(request, _("请选择要办理的步骤。"))
            return self.render_to_response(self.get_context_data(), status=422)
        form = FORMS[action](request.POST, prefix=action.value)
        if form.is_valid():
            try:
                RUN[action](snap=self.snap, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("%s，已完成。") % ACTION_LABELS[action])
                return redirect("snaps_admin:detail", pk=self.snap.pk)
        return self.render_to_response(self.get_context_data((action, form)), status=422)
