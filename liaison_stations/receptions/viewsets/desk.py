"""One session: facts, and a form for everything that this person may do now."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from participation.oversight.views.reading import pdf_response
from portal.trail.selectors import history_of

from .. import services
from ..forms import CallerForm, CancelForm, HoldForm, MoveForm, StepForm, SubstituteForm, ThemeForm
from ..models import Booking
from ..permissions import user_can_plan_receptions
from ..selectors import desk_of, shown_of
from ..selectors.people import People, deputies_near
from ..selectors.places import main_station_at
from ..states import Action, Status, actions_from
from .access import OneSession, start_item

FORMS: dict[str, tuple[type[StepForm], Any]] = {
    "substitute": (SubstituteForm, gettext_lazy("替班")),
    "hold": (HoldForm, gettext_lazy("接待登记（按签到表）")),
    "move": (MoveForm, gettext_lazy("改期")),
    "theme": (ThemeForm, gettext_lazy("修改主题")),
    "cancel": (CancelForm, gettext_lazy("取消")),
    "caller": (CallerForm, gettext_lazy("电话代约")),
}
VERBS = {
    "plan": gettext_lazy("列入计划"), "revise": gettext_lazy("修改"), "submit": gettext_lazy("提请站长批准"),
    "approve": gettext_lazy("站长批准"), "return": gettext_lazy("站长退回"), "theme": gettext_lazy("修改主题"),
    "publish": gettext_lazy("公布"), "substitute": gettext_lazy("替班"), "hold": gettext_lazy("接待登记"),
    "cancel": gettext_lazy("取消"), "move": gettext_lazy("改期"), "book": gettext_lazy("预约"),
    "cancel_booking": gettext_lazy("取消预约"),
}  # fmt: skip


class SessionView(OneSession, WagtailAdminTemplateMixin, TemplateView):
    template_name = "receptions/admin/session.html"
    header_icon = "calendar-alt"

    def get_page_title(self) -> str:
        return str(self.session)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        main = main_station_at(self.session.division)
        month = f"{self.session.date:%Y-%m}"
        own = []
        if main is not None:
            url = f"{reverse('receptions_admin:month', args=[main.pk])}?month={month}"
            own = [{"url": url, "label": main.title}]
        return [*self.breadcrumbs_items, start_item(), *own, {"url": "", "label": str(self.session)}]

    def form_of(self, step: str, data: Any = None, files: Any = None) -> StepForm:
        kind, _label = FORMS[step]
        extra: dict[str, Any] = {}
        row = self.session
        if step == "substitute":
            extra["deputies"] = deputies_near(row.division, row.date)
        if step == "move":
            main = main_station_at(row.division)
            extra["venues"] = desk_of(main).venues if main else []
        return kind(data, files, session=row, prefix=step, **extra)

    def open_steps(self) -> list[str]:
        row = self.session
        if not user_can_plan_receptions(self.request.user, row.division):
            return []
        moves = {action.value for action in actions_from(Status(row.status))}
        is_over = row.date <= timezone.localdate()
        steps: list[str] = [step for step in ("hold", "substitute", "theme", "move", "cancel") if step in moves]
        if not is_over and "hold" in steps:
            steps.remove("hold")
        if row.status == Status.PUBLISHED and row.capacity and row.starts_at > timezone.now():
            steps.append("caller")
        return steps

    def get_context_data(self, refused: tuple[str, StepForm] | None = None, **kwargs: Any) -> dict[str, Any]:
        row = self.session
        offers = []
        for step in self.open_steps():
            form = refused[1] if refused and refused[0] == step else self.form_of(step)
            offers.append({"step": step, "label": FORMS[step][1], "form": form,
                           "is_open": step == "hold" or bool(refused and refused[0] == step)})  # fmt: skip
        bookings = Booking.objects.filter(session=row, cancelled_at=None).select_related("user")
        today = timezone.localdate()
        return {
            **super().get_context_data(**kwargs),
            "row": row,
            "each": shown_of(row),
            "offers": offers,
            "bookings": [(booking, *_slot(row, booking)) for booking in bookings],
            "may_plan": (may_plan := user_can_plan_receptions(self.request.user, row.division)),
            "takes_records": may_plan and (row.is_held or (row.status == Status.PUBLISHED and row.date == today)),
            "history": [
                {"at": entry.at, "verb": VERBS.get(entry.verb, entry.verb), "reason": entry.reason or _themes(entry)}
                for entry in history_of(services.SUBJECT_KIND, row.key)
            ],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_plan_receptions(request.user, self.session.division):
            raise PermissionDenied
        step = request.POST.get("step", "")
        if step == "cancel_booking":
            return self.cancel_booking(request)
        if step not in FORMS or step not in self.open_steps():
            messages.error(request, _("这一步现在不能办理。"))
            return self.render_to_response(self.get_context_data(), status=422)
        form = self.form_of(step, request.POST, request.FILES)
        if form.is_valid():
            try:
                target = self.run(step, form)
            except services.Doubt as doubt:
                cast(MoveForm, form).ask(doubt.message)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("%s，已完成。") % FORMS[step][1])
                return redirect("receptions_admin:session", key=target)
        messages.error(request, _("没有保存，请看“%s”的提示。") % FORMS[step][1])
        return self.render_to_response(self.get_context_data((step, form)), status=422)

    def run(self, step: str, form: Any) -> str:
        row = self.session
        facts: dict[str, Any] = {"session": row, "by": self.request.user, **form.facts()}
        if step == "hold":
            also = form.cleaned_data["also"]
            found, wrong = People(row.division, [also]).hosts(also, row.date)
            if wrong:
                raise Refused("".join(wrong))
            facts["also"] = found
        verbs: dict[str, Callable[..., Any]] = {
            "substitute": services.substitute_host, "hold": services.hold_session, "move": services.move_session,
            "cancel": services.cancel_session, "theme": services.set_theme, "caller": services.book_for_caller,
        }  # fmt: skip
        done = verbs[step](**facts)
        return str(done.key) if step == "move" else row.key

    def cancel_booking(self, request: HttpRequest) -> HttpResponseBase:
        text = request.POST.get("booking", "")
        rows = Booking.objects.filter(session=self.session)
        booking = rows.filter(pk=text).first() if text.isdecimal() and len(text) < 16 else None
        if booking is None:
            raise Http404
        try:
            services.cancel_booking(booking=booking, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("已取消预约。"))
        return redirect("receptions_admin:session", key=self.session.key)


def _themes(entry: Any) -> str:
    """What the theme was and what it is, of a change of the theme."""
    if entry.verb != Action.THEME or not entry.detail:
        return ""
    before, after = entry.detail.get("before") or _("没有写明"), entry.detail.get("after", "")
    return _("“%(before)s”改为“%(after)s”") % {"before": before, "after": after}


def _slot(row: Any, booking: Booking) -> tuple[str, str]:
    start, end = row.slots[booking.slot] if booking.slot < len(row.slots) else (row.start, row.end)
    name = booking.name or (booking.user.display_name if booking.user else "")
    return f"{start:%H:%M}—{end:%H:%M}", name


class SheetView(OneSession, View):
    """The signed sheet, as a download, for staff of the station and who oversees it."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, key: str) -> HttpResponseBase:
        row = self.session
        if not row.sheet:
            raise Http404
        ending = str(row.sheet.name).rsplit(".", 1)[-1]
        response = pdf_response(row.sheet, f"sign-in-{row.key}.{ending}")
        response["Cache-Control"] = "private, no-store"
        return response


class SignInView(OneSession, TemplateView):
    """签到表 to print: paper first."""

    template_name = "receptions/admin/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "row": self.session, "lines": range(8)}
