"""One item: facts, clock, history, and a form for everything that this person may do now."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused

from .. import services
from ..forms import FORMS, NOTE
from ..models import HandlingPhoto, LedgerItem, LedgerScan, LetterItem
from ..permissions import MANAGE, user_can_manage, user_can_open_desk, user_can_view_internal, user_can_view_scan
from ..rules.clock import remaining_in_words
from ..rules.letters import LetterState
from ..rules.merging import merged
from ..selectors import clock_of, close_off_obstacles, contact_obstacle
from ..selectors.desk import entries_of, history, party_lines, version_of
from ..selectors.letters import letters_in_scope, letters_of
from ..selectors.sending import letter_obstacle, waiting_for_letter
from ..selectors.suggestions import suggestions_of
from ..selectors.templates import merge_values, templates_for
from ..selectors.work import next_step, promised, state_in_words
from ..states import Action, State
from .access import WorkplaceOnly, rows_for, unit_keys
from .acting import LABELS, Doing, Offer, do, move_of, offers_for, prefix_of, require_may_try

GROWING = {Action.DRAFT_REPLY.value, Action.RECORD_REPLY.value}  # forms with rows on demand
IN_WRITING = {LetterState.DRAFTING, LetterState.REVIEWING, LetterState.SIGNING, LetterState.SIGNED}
AT_WORK = {State.HANDLING, State.SIGN_OFF}


class ItemView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "ledger/admin/item_detail.html"
    header_icon = "list-ul"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.posted: Offer | None = None
        self.shows_contacts = False
        self.is_told = False  # refused with a sentence, after which the form may be sent again

    @cached_property
    def item(self) -> LedgerItem:
        """404 outside the scope: that it exists is private."""
        item: LedgerItem = get_object_or_404(rows_for(self.request.user), pk=self.kwargs["pk"])
        if not user_can_open_desk(self.request.user, item):
            raise Http404
        return item

    def get_page_title(self) -> str:
        return self.item.reference

    def get_page_subtitle(self) -> str:
        return self.item.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("ledger_admin:home"), "label": _("台账")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": self.item.reference}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item, user = self.item, self.request.user
        clock = clock_of(item)
        is_internal = user_can_view_internal(user, item)
        entries = entries_of(item)
        version = version_of(item, entries)
        if self.posted is not None and self.is_told:
            self.posted.form.show_version(version)
        offers = offers_for(user, item, version, self.posted)
        letters = list(self.letters())
        return {
            **super().get_context_data(**kwargs),
            "item": item,
            "state": state_in_words(item),
            "clock": clock,
            "remaining": remaining_in_words(clock, clock.is_stopped),
            "next_step": next_step(
                item,
                unit_keys(user),
                waits_for_letter=bool(waiting_for_letter([item])),
                is_promised=bool(promised([item])),
            ),
            "obstacles": self.obstacles(),
            "is_internal": is_internal,
            "parties": party_lines(item, shows_contacts=self.shows_contacts) if is_internal else [],
            "shows_contacts": self.shows_contacts,
            "assignments": item.assignments.select_related("unit"),
            "progress": item.progress.select_related("unit").prefetch_related("photos"),
            "may_withhold": user_can_manage(user, item),
            "contacts": item.contacts.select_related("party__user", "by") if is_internal else [],
            "extensions": item.extensions.select_related("requested_by"),
            "pauses": item.pauses.all(),
            "replies": [reply for reply in self.replies() if reply.is_public or is_internal],
            "suggestions": suggestions_of(item),
            "checks": item.close_offs.select_related("by"),
            "objections": item.objections.all(),
            "notes": item.internal_notes.select_related("by") if is_internal else [],
            "scans": item.scans.select_related("by") if user_can_view_scan(user, item) else [],
            "letters": letters,
            "letter_to_write": self.letter_to_write(letters),
            "scan_labels": LABELS,
            "history": history(entries),
            "next_offers": [offer for offer in offers if offer.is_next and not offer.is_proxy],
            "other_offers": [offer for offer in offers if not offer.is_next and not offer.is_proxy],
            "proxy_offers": [offer for offer in offers if offer.is_proxy],
            "is_proxy_open": bool(self.posted and self.posted.is_proxy),
        }

    def replies(self) -> Any:
        return self.item.replies.select_related("unit").prefetch_related("commitments", "corrections", "photos")

    def letters(self) -> Any:
        """Those that this person may open."""
        mine = letters_in_scope(self.request.user, MANAGE, unit_keys(self.request.user))
        return letters_of(self.item).filter(letter__in=mine.values("pk"))

    def letter_to_write(self, letters: list[LetterItem]) -> dict[str, Any]:
        """For the committee, while an opinion letter is what comes next (X23): the one in writing, if any."""
        item = self.item
        if not (user_can_manage(self.request.user, item) and waiting_for_letter([item])):
            return {}
        written = [line.letter_id for line in letters if line.letter.state in IN_WRITING]
        return {"letter_id": written[-1] if written else None}

    def obstacles(self) -> list[str]:
        """What stands in the way of the next step, said before anybody tries."""
        if self.item.state == State.ASSIGNED:
            return [line for line in [letter_obstacle(self.item)] if line]
        if self.item.state in AT_WORK:
            return [line for line in [contact_obstacle(self.item)] if line]
        return close_off_obstacles(self.item) if self.item.state == State.COMPLETED else []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "show_contacts" in request.POST:
            return self.show_contacts()
        if "withhold" in request.POST or "show_photo" in request.POST:
            return self.withhold_photo()
        name, is_proxy = request.POST.get("action", ""), request.POST.get("proxy") == "1"
        if name not in FORMS:
            messages.error(request, _("请选择要办理的步骤。"))
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            require_may_try(request.user, self.item, name, is_proxy)
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(), status=403)
        form = FORMS[name](
            request.POST,
            request.FILES,
            item=self.item,
            user=request.user,
            is_proxy=is_proxy,
            prefix=prefix_of(name, is_proxy),
        )
        self.posted = Offer(name, form, is_next=True, is_proxy=is_proxy, is_refused=True)
        if name in GROWING and {"more", "merge"} & set(request.POST):
            return self.grown(form, name)
        try:
            if name != NOTE:
                services.require_move(self.item, move_of(name))
        except Refused as refusal:  # nothing that was typed would help
            form.is_valid()
            form.add_error(None, str(refusal.message))
            return self.refused(str(refusal.message))
        if not form.is_valid():
            return self.refused(_("没有保存，请看“%s”的提示。") % LABELS[name])
        try:
            do(Doing(self.item, request.user, form, is_proxy), name)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return self.refused(str(refusal.message))
        messages.success(
            request, _("%(number)s：%(verb)s，已完成。") % {"number": self.item.reference, "verb": LABELS[name]}
        )
        return redirect("ledger_admin:item", pk=self.item.pk)

    def show_contacts(self) -> HttpResponse:
        services.record_contact_view(item=self.item, by=self.request.user)
        self.shows_contacts = True
        return self.render_to_response(self.get_context_data())

    def withhold_photo(self) -> HttpResponseBase:
        """One photo that shows too much, taken from the public page or put back."""
        is_withheld = "withhold" in self.request.POST
        key = self.request.POST.get("withhold" if is_withheld else "show_photo", "")
        of_item = Q(progress__item=self.item) | Q(reply__item=self.item)
        rows = HandlingPhoto.objects.filter(of_item).select_related("progress__item", "reply__item")
        photo = rows.filter(pk=key).first() if key.isascii() and key.isdigit() else None
        if photo is None:
            raise Http404
        services.withhold_photo(photo=photo, by=self.request.user, is_withheld=is_withheld)
        messages.success(self.request, _("这张照片不再公开。") if is_withheld else _("这张照片已恢复公开。"))
        return redirect("ledger_admin:item", pk=self.item.pk)

    def grown(self, form: Any, name: str) -> HttpResponse:
        """The reply as it was typed, not yet judged: with more rows, or with the chosen template below the text."""
        typed = form.data.copy()
        if "more" in typed:
            typed[form.add_prefix("rows")] = str(form.more_rows)
        key = str(typed.get(form.add_prefix("template"), ""))
        template = templates_for(self.item).filter(pk=key).first() if key.isascii() and key.isdigit() else None
        if "merge" in typed and template is not None:
            text, field = merged(template.text, merge_values(self.item)), form.add_prefix("text")
            typed[field] = "\n".join(part for part in (typed.get(field, "").strip(), text) if part)
        again = type(form)(typed, item=form.item, user=form.user, is_proxy=form.is_proxy, prefix=form.prefix)
        again._errors = ErrorDict()  # shown again, not judged
        self.posted = Offer(name, again, is_next=True, is_proxy=form.is_proxy, is_refused=True)
        return self.render_to_response(self.get_context_data())

    def refused(self, sentence: str) -> HttpResponse:
        """The page again with what was typed, and with the version of now."""
        messages.error(self.request, sentence)
        self.is_told = True
        assert self.posted is not None  # noqa: S101 - set by post()
        # the refused step may have changed the row in memory
        self.item.refresh_from_db(from_queryset=rows_for(self.request.user))
        return self.render_to_response(self.get_context_data(), status=422)


class ScanView(WorkplaceOnly, View):
    """A unit's paper: as a download, never in the portal's own page."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        scan = get_object_or_404(LedgerScan.objects.select_related("item__division"), pk=pk)
        if not user_can_view_scan(request.user, scan.item):
            raise Http404
        is_pdf = scan.kind == LedgerScan.Kind.PDF
        kind, ending = ("application/pdf", "pdf") if is_pdf else ("image/jpeg", "jpg")
        name = f"{scan.item.reference}-{scan.pk}.{ending}"
        response = FileResponse(scan.file.open("rb"), content_type=kind, as_attachment=True, filename=name)
        response["X-Content-Type-Options"] = "nosniff"
        return response
