"""A whole day of one session in one grid, by keyboard; and the empty form for the table, on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused

from .. import services
from ..forms import DayHeadForm, RecordRowForm, RowFormSet
from ..models import ReceptionRecord
from ..permissions import user_can_keep_records
from ..rules.naming import MOST_ROWS
from .access import OneSession, start_item

FIRST_ROWS, MORE_ROWS, PAPER_ROWS = 6, 5, 8


class DayView(OneSession, WagtailAdminTemplateMixin, TemplateView):
    """GET shows what is saved and an empty grid; POST adds rows, or saves all rows at once."""

    template_name = "records/admin/day_form.html"
    header_icon = "form"

    def get_page_title(self) -> str:
        return _("录入来访记录")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": str(self.session)}]

    @property
    def may_record(self) -> bool:
        user, row = self.request.user, self.session
        return user_can_keep_records(user, row.division) and services.session_for_recording(row)

    def head(self, data: Any = None, **kwargs: Any) -> DayHeadForm:
        return DayHeadForm(data, deputies=self.deputies, **kwargs)

    def grid(self, data: Any = None, **kwargs: Any) -> Any:
        extra = {"communities": self.communities, "bookings": self.bookings}
        return RowFormSet(data, prefix="rows", form_kwargs=extra, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("head", self.head())
        context.setdefault("rows", self.grid(initial=[{}] * FIRST_ROWS))
        saved = ReceptionRecord.objects.filter(session=self.session).for_list().order_by("pk")
        return {**context, "session": self.session, "saved": saved, "may_record": self.may_record}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_keep_records(request.user, self.session.division):
            raise PermissionDenied
        head, rows = self.head(request.POST), self.grid(request.POST)
        if "more" in request.POST:
            return self.page(head=self.typed_head(head), rows=self.with_more(rows))
        if not head.is_valid() or not rows.is_valid():
            messages.error(request, _("没有保存，请看各行的提示。"))
            return self.page(422, head=head, rows=rows)
        return self.save(request, head, rows)

    def typed_head(self, head: DayHeadForm) -> DayHeadForm:
        """As it was typed, not yet judged."""
        chosen = self.request.POST.getlist("deputies")
        return self.head(initial={"form_key": head.data.get("form_key"), "deputies": chosen})

    def with_more(self, rows: Any) -> Any:
        """The typed rows and some blank ones; nothing typed is lost."""
        typed = [{name: form[name].data for name in form.fields} for form in rows.forms]
        return self.grid(initial=[*typed, *([{}] * MORE_ROWS)][:MOST_ROWS])

    def save(self, request: HttpRequest, head: DayHeadForm, rows: Any) -> HttpResponseBase:
        filled = [form for form in rows.forms if not form.is_blank]
        try:
            done = services.record_day(
                session=self.session,
                by=request.user,
                form_key=head.cleaned_data["form_key"],
                rows=[_new(form) for form in filled],
                deputies=head.chosen(),
            )
        except Refused as refusal:
            self.put_beside_row(str(refusal.message), head, filled)
            messages.error(request, _("没有保存，请看各行的提示。"))
            return self.page(422, head=head, rows=rows)
        if done.is_new:
            messages.success(request, _("已保存%d条，可以接着录入。") % len(done.numbers))
        else:
            messages.info(request, _("这一页已经保存过，没有重复登记。"))
        return redirect("records_admin:day", key=self.session.key)

    def put_beside_row(self, message: str, head: DayHeadForm, filled: list[RecordRowForm]) -> None:
        """第3行：… of the service counts filled rows; it is shown in the row it means."""
        number, colon, why = message.partition("：")
        position = number.removeprefix("第").removesuffix("行")
        if colon and position.isdecimal() and 1 <= int(position) <= len(filled):
            filled[int(position) - 1].add_error(None, why)
        else:
            head.add_error(None, message)

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


def _new(form: RecordRowForm) -> services.NewRecord:
    cleaned = form.cleaned_data
    outcome = services.Outcome(cleaned["outcome"], cleaned["text"].strip(), cleaned["channel"])
    return services.NewRecord(**form.facts(), outcome=outcome)


class PaperView(OneSession, TemplateView):
    """来访登记表 for the table: A4, empty rows, the public words of domain.md 7."""

    template_name = "records/admin/paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"session": self.session, "deputies": self.deputies, "lines": range(1, PAPER_ROWS + 1)}
        return {**super().get_context_data(**kwargs), **facts}
