"""Who gets into the workplace at all, and which rows are there for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from portal.accounts.selectors import units_of

from ..permissions import MANAGE, user_can_open_workplace
from ..selectors import items_in_scope


class WorkplaceOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_workplace(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


def unit_keys(user: Any) -> list[int]:
    return [unit.pk for unit in units_of(user)]


def rows_for(user: Any) -> Any:
    return items_in_scope(user, MANAGE, unit_keys(user))


def works_as_unit(user: Any) -> bool:
    """Somebody of a unit who is not of the committee: the start page speaks to the unit."""
    return bool(own_panels_of(user))


def own_panels_of(user: Any) -> list[int]:
    """The units whose panels and steps the start page shows; none for the committee."""
    return [] if user.has_perm(MANAGE) else unit_keys(user)
