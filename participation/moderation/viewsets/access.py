"""Who may open the queue at all."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from ..permissions import user_can_open_queue


class QueueOnly:
    """Closed to whoever may not open the queue anywhere; the rows are limited further by scope."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_queue(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response
