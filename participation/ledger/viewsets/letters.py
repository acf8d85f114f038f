"""公文 in the Wagtail admin: the list, writing, the steps, the paper. Everything works without scripts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from participation.moderation.rules import Refused
from portal.accounts.models import HandlingUnit
from portal.frame.structured import qr_svg

from .. import services
from ..documents import letter_docx
from ..forms.letters import LetterDraftForm, LetterStepForm
from ..models import LETTER_ACTIONS, LETTER_KINDS, LETTER_STATES, LedgerItem, Letter, LetterItem
from ..permissions import DIRECT, MANAGE, works_for
from ..rules.letters import LETTER_MOVES, LetterAction, LetterState
from ..selectors.letters import (
    annex_heads,
    annex_of,
    first_words,
    items_for_letter,
    letter_next_step,
    letter_version,
    letters_in_scope,
    likely_kind,
)
from ..views.papers import paper_response
from .access import WorkplaceOnly, rows_for, unit_keys
from .hints import LETTER_HINTS

PER_PAGE = 30
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REVISE, SCAN, PROXY = "revise", "scan", "receive_proxy"
SHOW_SCAN, WITHDRAW_SCAN = "show_scan", "withdraw_scan"
OUT = frozenset({LetterState.ISSUED, LetterState.RECEIVED})


@dataclass(frozen=True)
class Step:
    label: Any
    names: tuple[str, ...]
    run: Callable[..., Any]
    states: frozenset[LetterState]
    fits: Callable[[Letter], bool] = lambda letter: True


def _states(action: LetterAction) -> frozenset[LetterState]:
    return frozenset(LETTER_MOVES[action])


STEPS: dict[str, Step] = {
    LetterAction.SUBMIT: Step(LETTER_ACTIONS[LetterAction.SUBMIT], (), services.submit_letter,
                              _states(LetterAction.SUBMIT)),
    LetterAction.APPROVE: Step(LETTER_ACTIONS[LetterAction.APPROVE], (), services.approve_letter,
                               _states(LetterAction.APPROVE)),
    LetterAction.SIGN: Step(LETTER_ACTIONS[LetterAction.SIGN], (), services.sign_letter, _states(LetterAction.SIGN)),
    LetterAction.ISSUE: Step(LETTER_ACTIONS[LetterAction.ISSUE], ("number", "on", "late_reason"),
                             services.issue_letter, _states(LetterAction.ISSUE)),
    LetterAction.RECEIVE: Step(LETTER_ACTIONS[LetterAction.RECEIVE], ("receiver_name", "on"),
                               services.receive_letter, _states(LetterAction.RECEIVE)),
    PROXY: Step(gettext_lazy("登记签收（由工委代录）"), ("receiver_name", "on", "slip"),
                lambda **values: services.receive_letter(**values, is_proxy=True), _states(LetterAction.RECEIVE)),
    SCAN: Step(gettext_lazy("上传盖章扫描件"), ("scan", "sealed_on", "is_scan_public"),
               lambda scan, **values: services.attach_letter_scan(**values, upload=scan), OUT),
    SHOW_SCAN: Step(gettext_lazy("公开扫描件"), (), partial(services.show_letter_scan, is_public=True), OUT,
                    lambda letter: bool(letter.scan) and not letter.is_scan_public),
    WITHDRAW_SCAN: Step(gettext_lazy("不再公开扫描件"), (), partial(services.show_letter_scan, is_public=False), OUT,
                        lambda letter: letter.is_scan_public),
    REVISE: Step(gettext_lazy("修改"), ("title", "body", "copy_to", "notes"), services.revise_letter,
                 frozenset({LetterState.DRAFTING})),
    LetterAction.RETURN: Step(LETTER_ACTIONS[LetterAction.RETURN], ("reason",), services.return_letter,
                              _states(LetterAction.RETURN)),
    LetterAction.CANCEL: Step(LETTER_ACTIONS[LetterAction.CANCEL], ("reason",),
                              partial(services.end_letter, action=LetterAction.CANCEL), _states(LetterAction.CANCEL)),
    LetterAction.VOID: Step(LETTER_ACTIONS[LetterAction.VOID], ("reason",),
                            partial(services.end_letter, action=LetterAction.VOID), _states(LetterAction.VOID)),
}  # fmt: skip
DIRECTORS = frozenset({LetterAction.SIGN, LetterAction.VOID})


def steps_open_to(user: Any, letter: Letter) -> list[str]:
    """What this person may do now; the service asks once more."""
    found = []
    for name, step in STEPS.items():
        if name == LetterAction.RECEIVE:
            may = works_for(user, letter.unit_id)
        else:
            may = user.has_perm(DIRECT if name in DIRECTORS else MANAGE, letter.division)
        if name == LetterAction.APPROVE and letter.drafted_by_id == user.pk:
            continue  # the drafter does not review
        if may and letter.state in step.states and step.fits(letter):
            found.append(name)
    return found


class LettersView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "ledger/admin/letter_list.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        return _("公文")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("公文")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, state = letters_in_scope(self.request.user, MANAGE, unit_keys(self.request.user)), self.request.GET
        chosen = state.get("state", "")
        if chosen in dict(LETTER_STATES):
            rows = rows.filter(state=chosen)
        page = Paginator(rows, PER_PAGE).get_page(state.get("p"))
        may_write = self.request.user.has_perm(MANAGE)
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "states": LETTER_STATES,
            "chosen": chosen,
            "may_write": may_write,
        }


class LetterAddView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    """Unit and kind first, then its items to be ticked; with items given (?item=, or ticked in the list) all is filled.

    One page and one form: 列出事项 shows it again, unjudged, with what was typed.
    """

    template_name = "ledger/admin/letter_form.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        return _("新建公文")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": _("新建公文")}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm(MANAGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form(self, kind: str, unit: HandlingUnit | None, **kwargs: Any) -> LetterDraftForm:
        rows = rows_for(self.request.user)
        offered = items_for_letter(rows, unit, kind) if unit is not None and kind in dict(LETTER_KINDS) else []
        return LetterDraftForm(units=self.units(), rows=rows, offered=offered, **kwargs)

    def units(self) -> Any:
        rows = rows_for(self.request.user).filter(unit__isnull=False)
        return HandlingUnit.objects.filter(is_active=True, pk__in=rows.values("unit")).select_related("division")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            asked = self.request.GET.getlist("item")
            kwargs["form"] = self.filled(list(rows_for(self.request.user).filter(reference__in=asked)[:200]))
        return super().get_context_data(**kwargs)

    def filled(self, items: list[LedgerItem]) -> LetterDraftForm:
        """For these items; of several units only the first is taken, the others get a letter of their own."""
        unit = next((item.unit for item in items if item.unit_id), None)
        kind = likely_kind(items)
        form = self.form(kind, unit)
        chosen = [item for item in form.offered if item in items]
        form.offered.sort(key=lambda item: item not in chosen)
        form.initial = {"kind": kind, "unit": unit.pk if unit else None, **self.words(kind, chosen, unit)}
        form.initial |= {f"item_{item.pk}": True for item in chosen}
        return form

    def words(self, kind: str, items: list[LedgerItem], unit: HandlingUnit | None) -> dict[str, str]:
        found = items or list(rows_for(self.request.user).filter(unit=unit)[:1] if unit else [])
        division = found[0].division if found else None
        name = services.letter_name(kind, division) if division else str(dict(LETTER_KINDS)[kind])
        return first_words(kind, name, items, division)

    def posted(self) -> tuple[str, HandlingUnit | None]:
        key = self.request.POST.get("unit", "")
        unit = self.units().filter(pk=key).first() if key.isascii() and key.isdigit() else None
        return self.request.POST.get("kind", ""), unit

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "id" in request.POST:
            keys = [key for key in request.POST.getlist("id") if key.isascii() and key.isdigit() and len(key) < 16]
            form = self.filled(list(rows_for(request.user).filter(pk__in=keys)[:200]))
            return self.render_to_response(self.get_context_data(form=form))
        kind, unit = self.posted()
        if "list" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.listed(kind, unit)))
        form = self.form(kind, unit, data=request.POST)
        if form.is_valid():
            try:
                division = form.cleaned_data["items"][0].division
                letter = services.draft_letter(by=request.user, division=division, **form.cleaned_data)
                messages.success(request, _("草稿已保存。下一步：核对后送审，由另一人审核、主任签发。"))
                return redirect("ledger_letters:letter", pk=letter.pk)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def listed(self, kind: str, unit: HandlingUnit | None) -> LetterDraftForm:
        """The unit's items, and words where none were typed: those proposed for another kind are none."""
        kind = kind if kind in dict(LETTER_KINDS) else likely_kind([])
        form = self.form(kind, unit)
        proposed = {self.words(other, [], None)[name] for other in dict(LETTER_KINDS) for name in ("title", "body")}
        proposed |= {self.words(other, [], unit)[name] for other in dict(LETTER_KINDS) for name in ("title", "body")}
        typed = {name: str(value) for name, value in self.request.POST.items() if value}
        typed = {name: value for name, value in typed.items() if value.replace("\r\n", "\n") not in proposed}
        form.initial = {**self.words(kind, [], unit), **typed}
        return form


def start_item() -> dict[str, str]:
    return {"url": reverse("ledger_letters:index"), "label": _("公文")}


class OneLetter:
    """404 outside the scope: that it exists is private."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def letter(self) -> Letter:
        user = self.request.user
        letter: Letter = get_object_or_404(letters_in_scope(user, MANAGE, unit_keys(user)), pk=self.kwargs["pk"])
        return letter

    @cached_property
    def annex(self) -> list[LetterItem]:
        return list(self.letter.lines.select_related("item", "assignment"))


class LetterView(OneLetter, WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "ledger/admin/letter_detail.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        return f"{self.letter.name} {self.letter.number}".strip()

    def get_page_subtitle(self) -> str:
        return self.letter.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": self.letter.number or self.letter.title}]

    def get_context_data(self, refused: tuple[str, LetterStepForm] | None = None, **kwargs: Any) -> dict[str, Any]:
        letter = self.letter
        version = letter_version(letter)
        initial = {"title": letter.title, "body": letter.body, "copy_to": letter.copy_to, "version": version}
        offers = []
        for name in steps_open_to(self.request.user, letter):
            step = STEPS[name]
            is_refused = refused is not None and refused[0] == name
            if refused and is_refused:
                refused[1].show_version(version)
            form = LetterStepForm(names=step.names, lines=self.annex, initial=initial, prefix=name)
            offers.append(
                {
                    "name": name,
                    "label": step.label,
                    "hint": LETTER_HINTS.get(name, ""),
                    "form": refused[1] if refused and is_refused else form,
                    "is_open": is_refused or (not step.names and name not in (SHOW_SCAN, WITHDRAW_SCAN)),
                }
            )
        return {
            **super().get_context_data(**kwargs),
            "letter": letter,
            "lines": self.annex,
            "offers": offers,
            "next_step": letter_next_step(letter, self.request.user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = request.POST.get("step", "")
        if name not in STEPS:
            messages.error(request, _("请选择要办理的步骤。"))
            return self.render_to_response(self.get_context_data(), status=422)
        step = STEPS[name]
        form = LetterStepForm(request.POST, request.FILES, names=step.names, lines=self.annex, prefix=name)
        if form.is_valid():
            try:
                self.run(step, form)
            except Refused as refusal:
                # above the page too: the form of a step that is over stands there no more
                messages.error(request, str(refusal.message))
                form.add_error(None, str(refusal.message))
                self.letter.refresh_from_db()
            except PermissionDenied as refusal:
                messages.error(request, str(refusal))
                return self.render_to_response(self.get_context_data(), status=403)
            else:
                messages.success(request, _("%s，已完成。") % step.label)
                return redirect("ledger_letters:letter", pk=self.letter.pk)
        return self.render_to_response(self.get_context_data((name, form)), status=422)

    @transaction.atomic
    def run(self, step: Step, form: LetterStepForm) -> None:
        """Version and step in one transaction."""
        fields = dict(form.cleaned_data)
        if version := fields.pop("version"):
            services.check_letter_version(self.letter, version)
        step.run(letter=self.letter, by=self.request.user, **fields)


class LetterDocxView(OneLetter, WorkplaceOnly, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        response = HttpResponse(letter_docx(self.letter), content_type=DOCX)
        response["Content-Disposition"] = f'attachment; filename="letter-{self.letter.pk}.docx"'
        return response


class LetterPaperView(OneLetter, WorkplaceOnly, View):
    """The slip to print: with a code to the public page of each item that has one."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        lines = []
        for row in annex_of(self.letter):
            address = request.build_absolute_uri(row.item.get_absolute_url())
            lines.append({"row": row, "qr": qr_svg(address) if row.item.is_public else ""})
        context = {"letter": self.letter, "heads": annex_heads(self.letter.kind), "lines": lines}
        return render(request, "ledger/admin/letter_print.html", context)


class LetterScanView(OneLetter, WorkplaceOnly, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.letter.scan:
            raise Http404
        return paper_response(self.letter.scan, f"letter-{self.letter.pk}")


class LetterReceiptView(OneLetter, WorkplaceOnly, View):
    """The unit's signed slip behind 由工委代录."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.letter.receipt:
            raise Http404
        return paper_response(self.letter.receipt, f"receipt-{self.letter.pk}")


class LedgerLetterViewSet(ViewSet):
    name = "ledger_letters"
    url_prefix = "ledger/letters"
    icon = "doc-full"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LettersView.as_view(), name="index"),
            path("add/", LetterAddView.as_view(), name="add"),
            path("<int:pk>/", LetterView.as_view(), name="letter"),
            path("<int:pk>/docx/", LetterDocxView.as_view(), name="docx"),
            path("<int:pk>/paper/", LetterPaperView.as_view(), name="paper"),
            path("<int:pk>/receipt/", LetterReceiptView.as_view(), name="receipt"),
            path("<int:pk>/scan/", LetterScanView.as_view(), name="scan"),
        ]

    def on_register(self) -> None:
        """The menu item stands in the group of wagtail_hooks."""
