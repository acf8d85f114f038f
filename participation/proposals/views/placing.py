"""第二步, where: county, subdistrict, community. What this visitor or account stands for comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.frame.fields import half_width
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import chosen_division, full_name, site_places

from .. import forms, services
from ..forms import Places
from ..models import Draft
from ..selectors import similar_proposals
from .drafts import keep
from .steps import comes_from_check, next_url, refuse, refused_before, show, step_url, with_errors

SIMILAR_BESIDE_A_QUESTION = 3


@dataclass(frozen=True)
class OwnPlace:
    """A place of this person: the remembered one, the one in the account."""

    division: Division
    exact: Division

    @property
    def community_key(self) -> str:
        return self.exact.key if self.exact.pk != self.division.pk else ""


def own_places(request: HttpRequest, places: Places) -> list[OwnPlace]:
    """The browser's remembered choice, then the account's own; at most two subdistricts, each once."""
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    own: dict[int, OwnPlace] = {}
    for exact in known:
        row = places.subdistrict_of(exact) if exact is not None else None
        if row is not None and exact is not None:
            own.setdefault(row.pk, OwnPlace(row, exact))
    return list(own.values())


def place(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    places = site_places()
    own = own_places(request, places)
    refused = refused_before(request, content, "place")
    typed: Mapping[str, Any] | None = request.POST if request.method == "POST" else refused and refused["typed"]
    chosen = _chosen(request, content, places, own, typed)
    county = None if chosen else _county(request, places, typed)
    words = half_width(request.GET.get("find", ""))[:20]
    found = places.found(words)
    form = forms.PlaceForm(
        typed, places=places, chosen=chosen, county=county, found=found, initial=_initial(content, chosen, own)
    )
    context = {
        "form": form,
        "draft": draft,
        "chosen": chosen,
        "chosen_name": full_name(chosen) if chosen else "",
        "county": county,
        "words": words,
        "found": found,
        "own": [] if chosen or county or found else own,
    }
    if request.method != "POST":
        if refused:
            with_errors(form, refused)
        # the same help that scripts give while writing
        context["similar"] = similar_proposals(
            f"{content.get('title', '')} {content.get('body', '')}", chosen, limit=SIMILAR_BESIDE_A_QUESTION
        )
        return show(request, "place", context)
    if not form.is_valid():
        return refuse(request, draft, "place", form, context)
    division, community = form.cleaned_data["division"], form.cleaned_data.get("community")
    if form.leads_to_its_subdistricts:
        return redirect(
            step_url(draft.key, "place", is_from_check=comes_from_check(request), county=division.key, change="1")
        )
    keep(request, draft, division=division.key, community=community.key if community else "")
    if chosen is None and forms.communities_of(division):
        return redirect(step_url(draft.key, "place", is_from_check=comes_from_check(request)))
    return redirect(next_url(request, draft.key, "about"))


def _chosen(
    request: HttpRequest,
    content: Mapping[str, Any],
    places: Places,
    own: list[OwnPlace],
    typed: Mapping[str, Any] | None,
) -> Division | None:
    """What the draft says, else the visitor's own subdistrict, else the only one there is."""
    if typed is not None:
        # the first questions ask for the subdistrict alone, the last sends it along with the community
        return places.by_code.get(typed.get("division", "")) if "community" in typed else None
    if {"change", "county", "find"} & request.GET.keys():
        return None
    if code := content.get("division"):
        return places.by_code.get(code)
    if own:
        return own[0].division
    return places.divisions[0] if len(places.divisions) == 1 else None


def _county(request: HttpRequest, places: Places, typed: Mapping[str, Any] | None) -> Division | None:
    asked = (typed or {}).get("county") or request.GET.get("county", "")
    if asked or "change" in request.GET or "find" in request.GET:
        return places.county(asked)
    remembered = chosen_division(request.COOKIES)
    return places.county_of(remembered) if remembered is not None and places.is_county(remembered) else None


def _initial(content: Mapping[str, Any], chosen: Division | None, own: list[OwnPlace]) -> dict[str, str]:
    if chosen is None:
        return {"division": content.get("division", "")}
    mine = next((each.community_key for each in own if each.division.pk == chosen.pk), "")
    is_answered = content.get("division") == chosen.key and "community" in content
    return {"division": chosen.key, "community": content.get("community", "") or ("" if is_answered else mine)}
