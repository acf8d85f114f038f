"""讨论 in the Wagtail admin: which go on, which owe a summary; the last day and the summary. Works without scripts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from participation.moderation.rules import Refused
from participation.moderation.selectors import scope_of

from . import services
from .forms import LastDayForm, SummaryForm, ThreadQueueForm
from .models import Thread
from .permissions import user_can_open_threads
from .rules import KEEP
from .selectors import subject_of, threads_in, threads_with_subjects, waiting_in

PER_PAGE = 30


class KeepersOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_threads(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


class ThreadListView(KeepersOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "discussion/admin/thread_list.html"
    header_icon = "comment"

    def get_page_title(self) -> str:
        return _("讨论")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("讨论")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ThreadQueueForm(self.request.GET)
        state = form.cleaned_data["state"] if form.is_valid() else ""
        rows = threads_in(scope_of(self.request.user, KEEP), state=state)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "rows": threads_with_subjects(page.object_list),
            "query": urlencode({"state": state}),
            "today": timezone.localdate(),
        }


class ThreadView(KeepersOnly, WagtailAdminTemplateMixin, TemplateView):
    """The last day and the summary; the comments themselves are reviewed in the queue."""

    template_name = "discussion/admin/thread_desk.html"
    header_icon = "comment"

    @cached_property
    def thread(self) -> Thread:
        """404 outside the scope."""
        rows = threads_in(scope_of(self.request.user, KEEP))
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        subject = subject_of(self.thread)
        return subject.title if subject else _("讨论")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("threads_admin:index"), "label": _("讨论")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, refused: forms.Form | None = None, **kwargs: Any) -> dict[str, Any]:
        is_summary = isinstance(refused, SummaryForm)
        last_day = LastDayForm(prefix="day", initial={"closes_on": self.thread.closes_on})
        return {
            **super().get_context_data(**kwargs),
            "thread": self.thread,
            "subject": subject_of(self.thread),
            "waiting": waiting_in(self.thread),
            "last_day": refused if refused and not is_summary else last_day,
            "summary": refused if is_summary else SummaryForm(prefix="summary"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        closes = request.POST.get("step") == "close"
        form: forms.Form = (
            SummaryForm(request.POST, prefix="summary") if closes else LastDayForm(request.POST, prefix="day")
        )
        if form.is_valid():
            try:
                if closes:
                    services.close_thread(thread=self.thread, by=request.user, summary=form.cleaned_data["summary"])
                else:
                    services.set_last_day(thread=self.thread, by=request.user, closes_on=form.cleaned_data["closes_on"])
            except Refused as refusal:
                form.add_error("summary" if closes else "closes_on", refusal.message)
            else:
                messages.success(request, _("讨论已结束，小结已公开。") if closes else _("已保存。"))
                return redirect("threads_admin:detail", pk=self.thread.pk)
        return self.render_to_response(self.get_context_data(refused=form), status=422)


class ThreadViewSet(ViewSet):
    name = "threads_admin"
    url_prefix = "threads"
    icon = "comment"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ThreadListView.as_view(), name="index"),
            path("<int:pk>/", ThreadView.as_view(), name="detail"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""
