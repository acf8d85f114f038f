"""代填: a day's visits in one grid, or a pasted group chat split into it. Works without scripts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from participation.moderation.rules import Refused

from .. import services
from ..forms import EntryFormSet, EntryHeadForm, GroupChatForm
from ..permissions import ENTER
from ..selectors import code_of, places_for

FIRST_ROWS = 5
MORE_ROWS = 5


class EntryView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows an empty grid; POST splits, adds rows, or saves all rows at once."""

    template_name = "proposals/admin/entry_form.html"
    page_title = gettext_lazy("代填录入")
    header_icon = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_active and request.user.has_perm(ENTER)):
            raise PermissionDenied
        self.places = places_for(request.user, ENTER)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("head", EntryHeadForm(places=self.places))
        context.setdefault("rows", EntryFormSet(prefix="rows", initial=[{}] * FIRST_ROWS))
        context.setdefault("chat", GroupChatForm())
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "split" in request.POST:
            return self.split(request)
        head = EntryHeadForm(request.POST, places=self.places)
        rows = EntryFormSet(request.POST, prefix="rows")
        if "more" in request.POST:
            return self.page(head=self.unbound(request), rows=self.grid(rows, MORE_ROWS))
        if not head.is_valid() or not rows.is_valid():
            messages.error(request, _("没有保存，请看各行的提示。"))
            return self.page(422, head=head, rows=rows)
        return self.save(request, head, rows)

    def split(self, request: HttpRequest) -> HttpResponse:
        chat = GroupChatForm(request.POST)
        found = chat.rows() if chat.is_valid() else []
        if not found:
            messages.error(request, _("没有识别到发言，请检查粘贴的文字。"))
            return self.page(422, head=self.unbound(request), chat=chat)
        messages.info(request, _("拆成%d条，请逐条核对，不需要的清空内容。") % len(found))
        rows = EntryFormSet(prefix="rows", initial=found)
        return self.page(head=self.unbound(request, channel="group_chat"), rows=rows)

    def unbound(self, request: HttpRequest, **initial: str) -> EntryHeadForm:
        """The head as it was typed, not yet judged."""
        typed = {name: request.POST.get(name, "") for name in ("form_key", "place", "channel", "received_on")}
        return EntryHeadForm(places=self.places, initial={k: v for k, v in (typed | initial).items() if v})

    def grid(self, rows: Any, extra: int) -> Any:
        """The typed rows and some blank ones; nothing typed is lost."""
        typed = [
            {name: form[name].data for name in form.fields}
            for form in rows.forms
        ]  # fmt: skip
        return EntryFormSet(prefix="rows", initial=[*typed, *([{}] * extra)][:50])

    def save(self, request: HttpRequest, head: EntryHeadForm, rows: Any) -> HttpResponse:
        division, community = head.cleaned_data["place"]
        entries = [
            services.VisitEntry(
                body=row.cleaned_data["body"],
                title=row.cleaned_data["title"],
                name=row.cleaned_data["name"],
                phone=row.cleaned_data["phone"],
                category_group=row.cleaned_data["category_group"] or "unsure",
                community=community,
                is_confidential=row.cleaned_data["is_confidential"],
            )
            for row in rows.forms
            if not row.is_blank
        ]
        try:
            saved = services.enter_visits(
                by=request.user,
                form_key=head.cleaned_data["form_key"],
                division=division,
                channel=head.cleaned_data["channel"],
                entries=entries,
                received_on=head.cleaned_data["received_on"],
            )
        except Refused as refusal:
            head.add_error(None, str(refusal.message))
            return self.page(422, head=head, rows=rows)
        proposals = [submission.proposal for submission in saved]
        done = [(proposal, code_of(proposal)) for proposal in proposals]
        context = {**super().get_context_data(), "done": done, "is_new": saved[0].is_new}
        return self.response_class(
            request=request, template=["proposals/admin/entry_done.html"], context=context, using=self.template_engine
        )

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class EntryViewSet(ViewSet):
    name = "proposals_entry"
    url_prefix = "proposals/enter"
    icon = "edit"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", EntryView.as_view(), name="index")]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""
