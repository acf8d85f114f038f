"""The public list, the page of one report, its photos."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from participation.ledger.rules.diversion import CHANNELS
from participation.moderation.selectors import hidden_notes
from portal.frame.counting import bounded_count
from portal.frame.paging import keyset_page
from portal.gate.services import allow_named, client_address
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, chosen_division, division_by_code, full_names, site_places
from portal.lookup.selectors import may_see_number

from ..forms import SnapFilterForm
from ..models import SnapPhoto, SnapReport
from ..permissions import (
    user_can_resubmit_snap,
    user_can_see_too,
    user_can_send_snap,
    user_can_verify_snap,
    user_can_view_original,
    user_can_view_photo,
    user_can_view_snap,
    user_is_deputy,
)
from ..rules import position_of
from ..selectors import alike, explanation_of, nearby, photos_of, snap_by_number, steps_of, timeline_of, with_photos
from ..services.photographing import PHOTO_KIND
from ..states import OPEN, Action, State, next_state

PAGE_SIZE = 20
SHORTEST_WORDS = 4


def preferred_places(request: HttpRequest, places: Places) -> list[Division]:
    """The browser's remembered subdistrict, then the account's own."""
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    rows = [places.subdistrict_of(each) for each in known if each is not None]
    return list({row.pk: row for row in rows if row is not None}.values())


@require_safe
def snap_list(request: HttpRequest) -> HttpResponse:
    """What the address asks for, nothing else: division, category, state, cursor."""
    places = site_places()
    form = SnapFilterForm(request.GET, places=places, preferred=preferred_places(request, places))
    rows = form.narrowed(SnapReport.objects.public())
    listed = rows.for_list().prefetch_related(with_photos())
    page = keyset_page(listed, "-published_at", request.GET.get("cursor"), PAGE_SIZE)
    names = full_names({row.division for row in page})
    context = {
        "form": form,
        "page": page,
        "rows": [(row, names[row.division_id], _first_photo(row)) for row in page],
        "total": "0" if form.errors else bounded_count(rows),
        "is_filtered": form.is_narrowing,
    }
    return render(request, "snaps/snap_list.html", context)


def _first_photo(snap: SnapReport) -> SnapPhoto | None:
    found = photos_of(snap, sees_original=False)
    return next(iter([*found["before"], *found["after"]]), None)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One report. Its sender, staff in scope and the holder of the number also see what is not public."""
    snap = snap_by_number(number)
    if snap is None:
        raise Http404
    if snap.number != number:
        return redirect(snap, permanent=True)
    sees_original = user_can_view_original(request.user, snap)
    holds = may_see_number(request, snap.number)
    if not (user_can_view_snap(request.user, snap) or holds):
        raise Http404
    photos = photos_of(snap, sees_original=sees_original)
    item = snap.ledger_item
    context = {
        "snap": snap,
        "title": snap.own_title if sees_original and not snap.is_public else snap.title,
        "place": full_names([snap.division])[snap.division_id],
        "before": photos["before"],
        "after": photos["after"],
        "photo_kind": PHOTO_KIND,
        "hidden_photos": hidden_notes(
            PHOTO_KIND, [photo.pk for photo in snap.photos.all() if photo.is_withheld] if snap.is_public else []
        ).values(),
        "steps": steps_of(snap),
        "timeline": timeline_of(snap, is_holder=sees_original or holds),
        "explanation": explanation_of(snap),
        "sees_original": sees_original,
        "is_holder": sees_original or holds,
        "is_sender": snap.sender_id == request.user.pk,
        "item": item if item is not None and item.is_public else None,
        "diversion": CHANNELS.get(snap.diverted_to),
        "seen_by": snap.sightings.count(),
        "has_seen": request.user.is_authenticated and snap.sightings.filter(user=request.user).exists(),
        "may_see_too": snap.is_public and snap.state in OPEN and user_can_see_too(request.user, snap),
        "is_open": snap.is_public and snap.state in OPEN,
        "may_amend": snap.state == State.RETURNED and user_can_resubmit_snap(request.user, snap),
        "may_verify": snap.is_answered
        and next_state(Action.VERIFY, State(snap.state)) is not None
        and user_can_verify_snap(request.user, snap),
    }
    return render(request, "snaps/snap_detail.html", context)


@require_safe
def photo(request: HttpRequest, pk: int, size: str = "full") -> FileResponse:
    """The public rendition for anybody once it is public; to the sender and staff before. 404 otherwise."""
    row = get_object_or_404(SnapPhoto.objects.select_related("snap__division"), pk=pk)
    if not user_can_view_photo(request.user, row):
        raise Http404
    if size == "small":
        return picture(row.thumbnail or row.original_thumbnail)
    return picture(row.file or row.original)


def picture(file: object) -> FileResponse:
    response = FileResponse(file.open("rb"), content_type="image/jpeg")  # type: ignore[attr-defined]  # a stored file
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"  # blacked out later on, it is so at once
    return response


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """An HTML fragment: open reports like the words and the place typed so far. The chosen street comes with them."""
    words = request.GET.get("q", "")[:300].strip()
    code, _blank, rest = words.partition(" ")
    division = division_by_code(code) if code.isalnum() else None
    if division is not None:
        words = rest
    else:
        division = chosen_division(request.COOKIES)
    rows = alike(words, division) if division is not None and len(words) >= SHORTEST_WORDS else []
    return render(request, "snaps/snap_similar.html", {"rows": rows})


@never_cache
@login_required
@require_POST
def near(request: HttpRequest) -> HttpResponse:
    """An HTML fragment: open reports from the same spot. Posted, so that no position stands in an address or a log,
    and only for whoever may report there: a position of another report is for staff and shall not be fathomed."""
    division = division_by_code(request.POST.get("division", ""))
    is_allowed = user_is_deputy(request.user) or (division is not None and user_can_send_snap(request.user, division))
    if not is_allowed:
        raise PermissionDenied
    if not allow_named("suggest_address", client_address(request)):
        return HttpResponse(status=429)
    rows = nearby(position_of(request.POST.get("position", "")))
    return render(request, "snaps/snap_similar.html", {"rows": rows})
