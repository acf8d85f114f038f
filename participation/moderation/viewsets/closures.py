"""关闭评论, by a director."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.jurisdictions.models import Division

from .. import selectors, services
from ..forms import ClosureForm
from ..models import CommentClosure
from ..permissions import user_can_close_comments, user_can_open_closures
from ..rules import CLOSE, Refused

SHOWN = 50
SITE = "site"


class ClosureView(WagtailAdminTemplateMixin, TemplateView):
    """Those in force and the former ones; close and reopen."""

    template_name = "moderation/closures.html"
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_closures(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("关闭评论")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("关闭评论")}]

    def scopes(self) -> list[tuple[str, str]]:
        """Where this person may: the site, the own divisions."""
        own = selectors.scope_of(self.request.user, CLOSE)
        if own is None:
            own = list(Division.objects.filter(level=Division.Level.COUNTY).order_by("path"))
        found = [(str(each.pk), each.name) for each in own]
        return [(SITE, _("全站")), *found] if user_can_close_comments(self.request.user, None) else found

    def get_context_data(self, form: ClosureForm | None = None, **kwargs: Any) -> dict[str, Any]:
        rows = selectors.closures_in(selectors.scope_of(self.request.user, CLOSE))
        return {
            **super().get_context_data(**kwargs),
            "closures": rows[:SHOWN],
            "form": form or ClosureForm(scopes=self.scopes()),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "lift" in request.POST:
            return self.lift(request)
        form = ClosureForm(request.POST, scopes=self.scopes())
        if form.is_valid():
            chosen, key = form.cleaned_data["scope"], form.cleaned_data["subject"].strip()
            division = None if chosen == SITE else Division.objects.get(pk=int(chosen))
            kind = ""
            if key:
                review = selectors.commented_subject(key)
                if review is None:
                    form.add_error("subject", _("没有这个受理编号。"))
                    return self.render_to_response(self.get_context_data(form=form), status=422)
                kind, key, division = review
            try:
                services.close_comments(
                    by=request.user,
                    notice=form.cleaned_data["notice"],
                    division=division,
                    subject_kind=kind,
                    subject_key=key,
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("评论已关闭，公告已显示。"))
                return redirect("closures:index")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def lift(self, request: HttpRequest) -> HttpResponse:
        key = request.POST["lift"]
        rows = selectors.closures_in(selectors.scope_of(request.user, CLOSE))
        closure: CommentClosure = get_object_or_404(rows, pk=int(key) if key.isdecimal() and len(key) < 16 else 0)
        try:
            services.reopen_comments(closure=closure, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("评论已恢复。"))
        return redirect("closures:index")
