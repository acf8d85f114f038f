"""What the pages of writing share: their addresses, their context, and how a refusal is shown without being re-sent."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ..models import Draft
from .drafts import keep

STEPS = ("words", "place", "about", "person", "check")
LONGEST_KEPT = 20_000  # characters of a refused form that are kept with the draft


def comes_from_check(request: HttpRequest) -> bool:
    return "check" in {request.GET.get("from"), request.POST.get("from")}


def step_url(key: str, step: str, *, is_from_check: bool = False, **query: str) -> str:
    url = reverse("proposals:write", args=[key, step])
    asked = {**query, **({"from": "check"} if is_from_check else {})}
    return f"{url}?{urlencode(asked)}" if asked else url


def next_url(request: HttpRequest, key: str, step: str) -> str:
    """The following page, or straight back to the check page for whoever came from there."""
    return step_url(key, "check" if comes_from_check(request) else step)


def show(request: HttpRequest, step: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    common = {
        "step": step,
        "position": STEPS.index(step) + 1,
        "step_count": len(STEPS),
        "comes_from": "check" if comes_from_check(request) else "",
    }
    return render(request, f"proposals/proposal_write_{step}.html", {**common, **context}, status=status)


# --- Refusals -------------------------------------------------------------------------------------------------
# What was refused is kept with the draft and shown by a GET. Back and reload then find a page, with the typed text and
# its errors, where a page that answered a POST would make the browser ask to send the form again, or show nothing.
def refuse(
    request: HttpRequest,
    draft: Draft,
    step: str,
    form: forms.Form,
    context: dict[str, Any] | None = None,
    *,
    is_partial: bool = False,
) -> HttpResponse:
    """`is_partial`: only a part of the page was sent in; what its other fields lack is no error yet."""
    typed = {name: request.POST[name] for name in form.fields if name in request.POST}
    if sum(map(len, typed.values())) > LONGEST_KEPT:
        return show(request, step, {**(context or {}), "form": form, "draft": draft}, status=422)
    errors = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
    keep(request, draft, refused={"step": step, "typed": typed, "errors": errors, "is_partial": is_partial})
    return redirect(step_url(draft.key, step, is_from_check=comes_from_check(request), again="1"))


def refused_before(request: HttpRequest, content: Mapping[str, Any], step: str) -> dict[str, Any] | None:
    """What this page shows again: `typed` and `errors`; None when nothing of it was refused last."""
    refused: dict[str, Any] | None = content.get("refused")
    is_wanted = request.method != "POST" and "again" in request.GET and refused is not None
    return refused if is_wanted and refused and refused["step"] == step else None


def with_errors(form: forms.Form, refused: Mapping[str, Any]) -> None:
    """The form judges its fields once more; what only the service knew (photos) is added."""
    form.is_valid()
    if refused.get("is_partial"):
        form.errors.clear()
    for name, messages in refused["errors"].items():
        known = {str(message) for message in form.errors.get(name, [])}
        for message in messages:
            if message not in known:
                form.add_error(name if name in form.fields else None, message)
