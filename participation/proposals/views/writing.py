"""Writing a proposal in four short pages and a check page. The log-in comes last; the draft waits for it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation.moderation.rules import Refused
from portal.gate.services import allow_named, client_address
from portal.idempotency.selectors import answer_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import chosen_division, division_by_code, full_name, site_divisions

from .. import forms, services
from ..models import CategoryGroup, Draft, Photo
from ..permissions import user_can_submit_proposal
from ..rules.naming import author_label
from ..selectors import similar_proposals
from ..services.photographing import MAX_PHOTOS

SESSION_KEY = "proposal_drafts"
KEPT_DRAFTS = 10
STEPS = ("words", "place", "about", "person", "check")


# --- Whose draft it is ----------------------------------------------------------------------------------------
def _remember(request: HttpRequest, key: str) -> None:
    """This browser may go on with the draft; before the log-in nothing else ties it to anybody."""
    keys = [kept for kept in request.session.get(SESSION_KEY, []) if kept != key]
    request.session[SESSION_KEY] = [*keys, key][-KEPT_DRAFTS:]


def _draft_or_404(request: HttpRequest, key: str) -> Draft:
    draft = Draft.objects.filter(key=key).first()
    if draft is None:
        raise Http404
    is_own = draft.user_id is not None and draft.user_id == request.user.pk
    if not is_own and (draft.user_id is not None or key not in request.session.get(SESSION_KEY, [])):
        raise Http404
    return draft


def _submitted_number(request: HttpRequest, key: str) -> str:
    """The number this person's form already has, for a double click, a reload or the back button."""
    if not request.user.is_authenticated:
        return ""
    return answer_of(key=key, scope=f"proposals.submit:{request.user.pk}")


def _keep(request: HttpRequest, draft: Draft, **changes: Any) -> None:
    """Photos change in parallel requests, words do not: the row is locked and only `changes` are written."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        content = {**services.draft_content(row), **changes}
        services.save_draft(key=draft.key, content=content, user=request.user)


def _next_url(request: HttpRequest, draft_key: str, step: str) -> str:
    if _comes_from_check(request):
        step = "check"
    return reverse("proposals:write", args=[draft_key, step])


def _page(request: HttpRequest, step: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    position = STEPS.index(step) + 1
    common = {"step": step, "position": position, "step_count": len(STEPS), "comes_from": request.GET.get("from", "")}
    return render(request, f"proposals/proposal_write_{step}.html", {**common, **context}, status=status)


# --- Pages ----------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The first page. Nothing is stored until something was written."""
    if request.method != "POST":
        form = forms.WordsForm(initial={"body": request.GET.get("body", "")[:2000]})
        return _page(request, "words", {"form": form, "unfinished": _unfinished(request)})
    form = forms.WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, "words", {"form": form}, status=422)
    key = form.cleaned_data["form_key"]
    if number := _submitted_number(request, key):
        return redirect("proposals:submitted", number)
    known = Draft.objects.filter(key=key).exists()
    if known:
        draft = _draft_or_404(request, key)
        _keep(request, draft, title=form.cleaned_data["title"], body=form.cleaned_data["body"])
        return redirect("proposals:write", key, "place")
    if not allow_named("proposal_draft_address", client_address(request)):
        form.add_error(None, _("这个网络地址刚才写了很多份草稿。请稍等几分钟再点“下一步”，您写的内容还在。"))
        return _page(request, "words", {"form": form}, status=429)
    words = {"title": form.cleaned_data["title"], "body": form.cleaned_data["body"]}
    services.save_draft(key=key, content=words, user=request.user)
    _remember(request, key)
    return redirect("proposals:write", key, "place")


def _unfinished(request: HttpRequest) -> list[dict[str, Any]]:
    keys = request.session.get(SESSION_KEY, [])
    rows = Draft.objects.filter(key__in=keys, user=None)
    if request.user.is_authenticated:
        rows = rows | Draft.objects.filter(user=request.user)
    return [
        {"key": row.key, "words": (content.get("title") or content.get("body", ""))[:40], "when": row.updated_at}
        for row in rows.order_by("-updated_at")[:5]
        if (content := services.draft_content(row))
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One page of a draft."""
    if step not in PAGES:
        raise Http404
    if number := _submitted_number(request, key):
        return redirect("proposals:submitted", number)
    try:
        draft = _draft_or_404(request, key)
    except Http404:
        # a parallel post of the same form may have finished since we asked
        if number := _submitted_number(request, key):
            return redirect("proposals:submitted", number)
        if not request.user.is_authenticated and step == "check":
            return redirect_to_login(request.get_full_path())
        messages.info(request, _("这份草稿不在了：可能已经提交，或放置太久。您可以在“我的建议”里查看，也可以重新写。"))
        return redirect("proposals:new")
    return PAGES[step](request, draft)


def _words(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    initial = {"title": content.get("title"), "body": content.get("body"), "form_key": draft.key}
    form = forms.WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_bound:
        return _page(request, "words", {"form": form, "draft": draft})
    if not form.is_valid():
        return _page(request, "words", {"form": form, "draft": draft}, status=422)
    _keep(request, draft, title=form.cleaned_data["title"], body=form.cleaned_data["body"])
    return redirect(_next_url(request, draft.key, "place"))


def _place(request: HttpRequest, draft: Draft) -> HttpResponse:
    divisions = list(site_divisions())
    content = services.draft_content(draft)
    chosen = _chosen_place(request, content, divisions)
    data = request.POST if request.method == "POST" else None
    initial = {"division": chosen.key if chosen else "", "community": content.get("community", "")}
    form = forms.PlaceForm(data, divisions=divisions, chosen=chosen, initial=initial)
    context = {"form": form, "draft": draft, "chosen": chosen, "chosen_name": full_name(chosen) if chosen else ""}
    if not form.is_bound:
        # the same help that scripts give while writing
        context["similar"] = similar_proposals(f"{content.get('title', '')} {content.get('body', '')}", chosen)
        return _page(request, "place", context)
    if not form.is_valid():
        return _page(request, "place", context, status=422)
    division = form.cleaned_data["division"]
    if chosen is None:
        _keep(request, draft, division=division.key, community="")
        here = reverse("proposals:write", args=[draft.key, "place"])
        return redirect(f"{here}?from=check" if _comes_from_check(request) else here)
    community = form.cleaned_data["community"]
    _keep(request, draft, division=division.key, community=community.key if community else "")
    return redirect(_next_url(request, draft.key, "about"))


def _comes_from_check(request: HttpRequest) -> bool:
    return "check" in {request.GET.get("from"), request.POST.get("from")}


def _chosen_place(request: HttpRequest, content: dict[str, Any], divisions: list[Division]) -> Division | None:
    """What the draft says, else the visitor's remembered subdistrict, else the only one there is."""
    if request.GET.get("change"):
        return None
    by_code = {str(division.key): division for division in divisions}
    if request.method == "POST" and "community" not in request.POST:
        return None
    if code := request.POST.get("division") or content.get("division"):
        return by_code.get(code)
    remembered = chosen_division(request.COOKIES)
    if remembered is not None and str(remembered.key) in by_code:
        return by_code[str(remembered.key)]
    return divisions[0] if len(divisions) == 1 else None


def _about(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    photos = list(draft.photos.all())
    context: dict[str, Any] = {"draft": draft, "photos": photos, "can_add_photos": len(photos) < MAX_PHOTOS}
    if request.method != "POST":
        form = forms.AboutForm(initial={"category_group": content.get("category_group")})
        return _page(request, "about", {"form": form, **context})
    form = forms.AboutForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    if group := form.cleaned_data.get("category_group"):
        _keep(request, draft, category_group=group)
    for upload in form.cleaned_data.get("photos", []):
        try:
            services.add_photo(draft=draft, upload=upload)
        except Refused as refusal:
            form.add_error("photos", f"{upload.name}：{refusal.message}")
            is_valid = False
    if not is_valid:
        context["photos"] = list(draft.photos.all())
        context["can_add_photos"] = len(context["photos"]) < MAX_PHOTOS
        return _page(request, "about", {"form": form, **context}, status=422)
    if request.POST.get("then") == "more":
        return redirect(request.get_full_path())
    return redirect(_next_url(request, draft.key, "person"))


def _person(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    nickname = str(getattr(request.user, "nickname", "") or "")
    initial = {field: content.get(field) for field in ("name", "shows_nickname", "is_confidential")}
    form = forms.PersonForm(request.POST if request.method == "POST" else None, nickname=nickname, initial=initial)
    if not form.is_bound:
        return _page(request, "person", {"form": form, "draft": draft})
    if not form.is_valid():
        return _page(request, "person", {"form": form, "draft": draft}, status=422)
    _keep(request, draft, **{"shows_nickname": False, **form.cleaned_data})
    return redirect("proposals:write", draft.key, "check")


def _check(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    for step, field in (("words", "body"), ("place", "division"), ("about", "category_group")):
        if not content.get(field):
            return redirect("proposals:write", draft.key, step)
    division = division_by_code(content["division"])
    community = division_by_code(content.get("community", ""))
    if division is None:
        return redirect("proposals:write", draft.key, "place")
    context = {"draft": draft, "rows": _summary(draft, content, division, community), "photos": draft.photos.all()}
    context |= {"is_verified": user_can_submit_proposal(request.user), "refusal": ""}
    if request.method != "POST":
        return _page(request, "check", context)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not user_can_submit_proposal(request.user):
        return redirect(f"{reverse('accounts:verify')}?next={request.path}")
    if not allow_named("proposal_submit", f"user:{request.user.pk}"):
        refusal = _("您今天提交得比较多了，请明天再提交。这份草稿已经保存。")
        return _page(request, "check", {**context, "refusal": refusal}, status=429)
    try:
        submission = services.submit_proposal(
            author=request.user,
            form_key=draft.key,
            division=division,
            community=community,
            title=content.get("title", ""),
            body=content["body"],
            category_group=content["category_group"],
            name=content.get("name", ""),
            shows_nickname=bool(content.get("shows_nickname")),
            is_confidential=bool(content.get("is_confidential")),
            draft=draft,
        )
    except Refused as refusal:
        return _page(request, "check", {**context, "refusal": refusal.message}, status=422)
    return redirect("proposals:submitted", submission.number)


def _summary(
    draft: Draft, content: dict[str, Any], division: Division, community: Division | None
) -> list[dict[str, Any]]:
    def change(step: str) -> str:
        return f"{reverse('proposals:write', args=[draft.key, step])}?from=check"

    label = author_label(name=content.get("name", ""))
    count = draft.photos.count()
    return [
        {"label": _("内容"), "value": content["body"], "url": change("words")},
        {"label": _("一句话概括"), "value": content.get("title", ""), "url": change("words")},
        {"label": _("街道（乡镇）"), "value": full_name(division), "url": change("place")},
        {"label": _("社区（村）"), "value": community.name if community else _("不清楚"), "url": change("place")},
        {
            "label": _("类别"),
            "value": str(CategoryGroup(content["category_group"]).label),
            "url": change("about"),
        },
        {"label": _("照片"), "value": _("%d张") % count if count else "", "url": change("about")},
        {"label": _("公开的署名"), "value": label, "url": change("person")},
        {"label": _("是否保密"), "value": _("保密") if content.get("is_confidential") else _("公开"),
         "url": change("person")},
    ]  # fmt: skip


PAGES: dict[str, Callable[[HttpRequest, Draft], HttpResponse]] = {
    "words": _words,
    "place": _place,
    "about": _about,
    "person": _person,
    "check": _check,
}


@require_POST
def remove_photo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    draft = _draft_or_404(request, key)
    photo = Photo.objects.filter(pk=pk, draft=draft).first()
    if photo is not None:
        services.remove_photo(photo=photo, draft=draft)
    return redirect(_back_to_about(request, key))


def _back_to_about(request: HttpRequest, key: str) -> str:
    here = reverse("proposals:write", args=[key, "about"])
    return f"{here}?from=check" if _comes_from_check(request) else here


@require_safe
def draft_photo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A draft's photo, for whoever writes the draft."""
    draft = _draft_or_404(request, key)
    photo = Photo.objects.filter(pk=pk, draft=draft).first()
    if photo is None:
        raise Http404
    response = FileResponse(photo.thumbnail.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    try:
        services.discard_draft(draft=_draft_or_404(request, key))
    except (Http404, PermissionDenied):
        return redirect("proposals:new")
    messages.success(request, _("草稿已删除。"))
    return redirect("proposals:new")


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """An HTML fragment: readable proposals like the words typed so far; nothing for a few characters."""
    words = request.GET.get("q", "")[:500].strip()
    division = division_by_code(request.GET.get("division", "")) or chosen_division(request.COOKIES)
    rows = similar_proposals(words, division) if len(words) >= 4 else []
    return render(request, "proposals/proposal_similar.html", {"rows": rows})
