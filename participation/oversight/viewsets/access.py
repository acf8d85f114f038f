"""Who gets into the workplace at all, and which rows are there for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from participation.moderation.selectors import scope_of

from ..models import OfficeAppraisal
from ..permissions import VIEW, unit_keys, user_can_open_workplace


class WorkplaceOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_workplace(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


def rows_for(user: Any) -> Any:
    return OfficeAppraisal.objects.in_scope(scope_of(user, VIEW), unit_keys(user)).select_related("division", "unit")


class OneAppraisal(WorkplaceOnly):
    """404 outside the scope: that it exists is private."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def appraisal(self) -> OfficeAppraisal:
        rows = rows_for(self.request.user).select_related(
            "division", "unit", "round", "publication", "counted_by", "confirmed_by"
        )
        appraisal: OfficeAppraisal = get_object_or_404(rows, pk=self.kwargs["pk"])
        return appraisal


def start_item() -> dict[str, str]:
    return {"url": reverse("oversight_admin:index"), "label": _("工作评议")}
