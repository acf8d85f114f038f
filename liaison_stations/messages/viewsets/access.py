"""Who gets in; what lies outside the scope is 404."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from ..permissions import user_can_keep_codes, user_can_view_messages


class DeskOnly:
    def may_enter(self, user: Any) -> bool:
        return user_can_view_messages(user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_enter(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


class CodesOnly(DeskOnly):
    def may_enter(self, user: Any) -> bool:
        return user_can_keep_codes(user)


def start_item() -> dict[str, str]:
    return {"url": reverse("messages_admin:index"), "label": _("留言")}


def codes_item() -> dict[str, str]:
    return {"url": reverse("messages_admin:codes"), "label": _("联络站码、代表码")}
