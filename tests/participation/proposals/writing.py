"""Steps that the tests of the writing pages share."""

import re
from typing import Any

from django.core.signing import dumps
from django.test import Client

from participation.proposals.models import Draft, Photo, Proposal
from participation.proposals.services import draft_content
from portal.gate.forms import AGE_SALT

KEY = "a-form-key-of-a-test-0001"
BODY = "望春门街道三眼井社区的路灯坏了两个月，晚上老人出门很不方便，希望尽快修好。"
PLACE, COMMUNITY = "430381001000", ""


def words(**changes: Any) -> dict[str, Any]:
    """The first page as a browser sends it; the form is old enough to have been read."""
    return {"body": BODY, "title": "路灯坏了", "form_key": KEY, "form_age": dumps(0, salt=AGE_SALT), **changes}


def page(step: str, key: str = KEY) -> str:
    return f"/proposals/new/{key}/{step}/"


def write_to_check(client: Client, key: str = KEY, **changes: Any) -> None:
    """From the first page to the check page, nothing submitted."""
    answers = [
        client.post(
            "/proposals/new/", words(form_key=key, **{k: v for k, v in changes.items() if k in ("body", "title")})
        ),
        client.post(page("place", key), {"division": PLACE, "community": ""}),
        client.post(
            page("about", key), {"category_group": changes.get("category_group", "utilities"), "then": "anyway"}
        ),
        client.post(
            page("person", key), {"name": "张建国", **({"is_confidential": "on"} if changes.get("secret") else {})}
        ),
    ]
    places = [answer["Location"] for answer in answers if answer.status_code == 302]
    assert places == [page(step, key) for step in ("place", "about", "person", "check")]


def text_of(answer: Any) -> str:
    """The words of a page without mark-up and runs of blanks."""
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", plain)


def errors_of(answer: Any) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def content() -> dict[str, Any]:
    """What the only draft holds."""
    return draft_content(Draft.objects.get())


def counts() -> tuple[int, int, int]:
    return Draft.objects.count(), Proposal.objects.count(), Photo.objects.count()


def refused(client: Client, address: str, data: dict[str, Any]) -> Any:
    """The page that shows a refused form again: reached by a redirect, so that Back and reload send nothing twice."""
    answer = client.post(address, data)
    assert (answer.status_code, "again=1" in answer.get("Location", "")) == (302, True)
    return client.get(answer["Location"])
