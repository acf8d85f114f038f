"""开始测评 by an imported roll: the file is read, shown, and copied into the round when it opens."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from participation.evaluations.imports import read_roll, roll_template
from participation.evaluations.selectors import RollEntry, match_roll
from participation.moderation.rules import Refused
from portal.accounts.models import User
from portal.tables.imports import UnreadableWorkbook
from portal.tables.rules import CellError
from portal.tables.views import WorkbookImportView

from .. import services
from ..forms import RollForm
from ..permissions import user_can_do
from ..selectors import posts_in_unit
from ..selectors.process import refused_state
from ..states import Action, State, next_state
from .access import OneAppraisal, start_item

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RollOnly(OneAppraisal):
    """For who may open the rating of this appraisal."""

    def may_import(self) -> bool:
        return user_can_do(self.request.user, Action.OPEN_RATING, self.appraisal)


class RollImportView(RollOnly, WorkbookImportView):
    form_class = RollForm
    salt = "oversight.roll"
    refusals = (UnreadableWorkbook, Refused)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.may_import():
            self.success_url_name = reverse("oversight_admin:appraisal", args=[self.appraisal.pk])
            if next_state(Action.OPEN_RATING, State(self.appraisal.state)) is None:
                messages.error(request, refused_state(Action.OPEN_RATING, self.appraisal))
                return redirect(self.success_url_name)
        return super().dispatch(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {"appraisal": self.appraisal}

    def get_page_title(self) -> str:
        return _("用导入的名单开始测评")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": reverse("oversight_admin:appraisal", args=[self.appraisal.pk]), "label": self.appraisal.title}
        return [*self.breadcrumbs_items, start_item(), here, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            lines=[(entry.number, [entry.named_by, entry.name]) for entry in kwargs.get("rows", [])],
            headings=[_("手机号或用户名"), _("姓名")],
            template_url=reverse("oversight_admin:roll_template", args=[self.appraisal.pk]),
            confirm_label=self.confirm_label(kwargs.get("closes_on", "")),
            explanation=_(
                "名册上写手机号或者用户名；人要先在本站有账号，住址或者任职在本辖区。不能用选民名册。"
                "先检查，没有错误才能确认；确认后测评就开始，名册不再变，每人会收到通知。"
            ),
        )

    def confirm_label(self, closes_on: str) -> str:
        """The day as well: it can no longer be changed."""
        return _("确认名册，开始测评（%s截止）") % closes_on if closes_on else _("确认名册，开始测评")

    def read(self, cleaned: dict[str, Any]) -> tuple[list[RollEntry], list[CellError]]:
        rows, errors = read_roll(cleaned["file"].read(), cleaned["file"].name)
        entries, wrong = match_roll(rows, self.appraisal.division, barred=posts_in_unit(self.appraisal))
        return entries, [*errors, *wrong]

    def facts(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {"appraisal": self.appraisal.pk, "closes_on": cleaned["closes_on"].isoformat()}

    def pack(self, row: RollEntry) -> dict[str, Any]:
        """The key of the account alone: what travels through the page is signed, not sealed."""
        return {"user": row.user.pk}

    def unpack(self, packed: dict[str, Any]) -> int:
        return int(packed["user"])

    def write(self, rows: list[int], facts: dict[str, Any]) -> str:
        if facts["appraisal"] != self.appraisal.pk:
            raise PermissionDenied
        people = list(User.objects.active().filter(pk__in=rows))
        if len(people) != len(rows):
            raise Refused(_("名册上有人的账号已经停用，请重新上传。"))
        closes_on = date.fromisoformat(facts["closes_on"])
        services.open_rating(appraisal=self.appraisal, by=self.request.user, closes_on=closes_on, users=people)
        return _("开始测评，已完成。名册%d人。") % len(people)


class RollTemplateView(RollOnly, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.may_import():
            raise PermissionDenied
        response = HttpResponse(roll_template(), content_type=WORKBOOK)
        response["Content-Disposition"] = 'attachment; filename="roll.xlsx"'
        return response
