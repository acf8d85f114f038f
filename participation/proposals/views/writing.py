"""Writing a proposal in four short pages and a check page. The log-in comes last; the draft waits for it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.ledger.rules.categories import always_diverts
from participation.ledger.rules.diversion import CHANNELS
from participation.moderation.rules import Refused
from portal.frame.fields import half_width
from portal.idempotency.rules import new_key
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import chosen_division, division_by_code, full_name
from portal.lookup.services import grant_sight
from portal.wording.services import mask

from .. import forms, services
from ..models import CategoryGroup, Draft
from ..permissions import user_can_submit_proposal
from ..rules.naming import author_label, generated_title
from ..selectors import similar_proposals
from ..services.photographing import MAX_PHOTOS
from .drafts import draft_or_404, keep, remember, submitted_number, unfinished
from .photos import add_photos
from .placing import place
from .steps import LONGEST_KEPT, comes_from_check, next_url, refuse, refused_before, show, step_url, with_errors


# --- Pages ----------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The first page. Nothing is stored until something was written."""
    if request.method != "POST":
        form = forms.NewWordsForm(initial={"body": request.GET.get("body", "")[:2000]}, request=request)
        return show(request, "words", {"form": form, "unfinished": unfinished(request)})
    form = forms.NewWordsForm(request.POST, request=request)
    if not form.is_valid():
        return _refuse_first(request, form)
    key = form.cleaned_data["form_key"]
    if number := submitted_number(request, key):
        return redirect("proposals:submitted", number)
    words = {"title": form.cleaned_data["title"], "body": form.cleaned_data["body"]}
    if draft := _known_draft(request, key, words["body"]):
        keep(request, draft, **words)
        return redirect("proposals:write", draft.key, "place")
    if Draft.objects.filter(key=key).exists():
        # the key is somebody else's by now (an old page after logging out): the words are kept under a fresh one
        key = new_key()
    services.save_draft(key=key, content=words, user=request.user)
    remember(request, key)
    return redirect("proposals:write", key, "place")


def _refuse_first(request: HttpRequest, form: forms.NewWordsForm) -> HttpResponse:
    """A long text with a mistake becomes a draft at once. Robots and empty pages leave nothing behind."""
    key = form.cleaned_data.get("form_key", "")
    is_only_words = set(form.errors) <= {"body", "title"} and bool(half_width(request.POST.get("body", "")))
    if not is_only_words or not key or submitted_number(request, key) or Draft.objects.filter(key=key).exists():
        return show(request, "words", {"form": form}, status=422)
    if len(request.POST["body"]) > LONGEST_KEPT:
        return show(request, "words", {"form": form}, status=422)
    draft = services.save_draft(key=key, content={}, user=request.user)
    remember(request, key)
    return refuse(request, draft, "words", form)


def _known_draft(request: HttpRequest, key: str, body: str) -> Draft | None:
    """This form's own draft, or one with the very same words: a text restored by the browser is not a second matter."""
    try:
        return draft_or_404(request, key)
    except Http404:
        same = next((row["key"] for row in unfinished(request) if row["body"] == body), "")
        return draft_or_404(request, same) if same else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One page of a draft."""
    if number := submitted_number(request, key):
        return redirect("proposals:submitted", number)
    try:
        return PAGES[step](request, draft_or_404(request, key))
    except (Http404, Draft.DoesNotExist):
        return _draft_is_gone(request, key)


def _draft_is_gone(request: HttpRequest, key: str) -> HttpResponse:
    # a parallel post of the same form may have finished since we asked
    if number := submitted_number(request, key):
        return redirect("proposals:submitted", number)
    if not request.user.is_authenticated:
        # perhaps one's own, after the session ended: the address is this page's, so that typed text comes back too
        return redirect_to_login(request.get_full_path())
    if Draft.objects.filter(key=key).exists():
        raise Http404
    messages.info(request, _("这份草稿不在了：可能已经提交，或放置太久。可以在“我的建议”里查看，也可以重新写。"))
    return redirect("proposals:new")


def _words(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    initial = {"title": content.get("title"), "body": content.get("body"), "form_key": draft.key}
    refused = refused_before(request, content, "words")
    form = forms.WordsForm(request.POST if request.method == "POST" else refused and refused["typed"], initial=initial)
    if request.method != "POST":
        if refused:
            with_errors(form, refused)
        return show(request, "words", {"form": form, "draft": draft})
    if not form.is_valid():
        return refuse(request, draft, "words", form)
    keep(request, draft, title=form.cleaned_data["title"], body=form.cleaned_data["body"])
    return redirect(next_url(request, draft.key, "place"))


def _about(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    context: dict[str, Any] = {"draft": draft, "most": MAX_PHOTOS}
    if request.method != "POST":
        refused = refused_before(request, content, "about")
        form = forms.AboutForm(refused and refused["typed"], initial={"category_group": content.get("category_group")})
        if refused:
            with_errors(form, refused)
        context["diversion"] = _diversion(request, content)
        return show(request, "about", context | {"form": form} | _photos(draft))
    form = forms.AboutForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    group = form.cleaned_data.get("category_group", "")
    if group:
        keep(request, draft, category_group=group)
    before = draft.photos.count()
    for message in add_photos(draft, form.cleaned_data.get("photos", [])):
        form.add_error("photos", message)
        is_valid = False
    if request.POST.get("then") == "more":
        # only photos were sent in: what else the page asks for is asked when its writer goes on
        for name in set(form.errors) - {"photos"}:
            del form.errors[name]
        if not form.errors and not request.FILES:
            form.add_error("photos", _("请先选择照片，再点上传"))
        is_valid = not form.errors
        if count := draft.photos.count() - before:
            messages.success(request, _("已保存%d张照片，可以接着传，也可以往下写。") % count)
    if not is_valid:
        is_partial = request.POST.get("then") == "more"
        return refuse(request, draft, "about", form, context | _photos(draft), is_partial=is_partial)
    if request.POST.get("then") == "more":
        return redirect(f"{request.get_full_path()}#photos")
    if always_diverts(group=group) and request.POST.get("then") != "anyway":
        return redirect(f"{request.path}?told=1{'&from=check' if comes_from_check(request) else ''}")
    return redirect(next_url(request, draft.key, "person"))


def _diversion(request: HttpRequest, content: dict[str, Any]) -> Any:
    """干部违纪: the right address is told before anything is handed in."""
    is_told = "told" in request.GET and always_diverts(group=content.get("category_group", ""))
    return CHANNELS["discipline"] if is_told else None


def _photos(draft: Draft) -> dict[str, Any]:
    photos = list(draft.photos.all())
    return {"photos": photos, "can_add_photos": len(photos) < MAX_PHOTOS}


def _nickname(request: HttpRequest) -> str:
    return str(getattr(request.user, "nickname", "") or "")


def _person(request: HttpRequest, draft: Draft) -> HttpResponse:
    content = services.draft_content(draft)
    initial = {field: content.get(field) for field in ("name", "shows_nickname", "is_confidential")}
    refused = refused_before(request, content, "person")
    data = request.POST if request.method == "POST" else refused and refused["typed"]
    form = forms.PersonForm(data, nickname=_nickname(request), initial=initial)
    if request.method != "POST":
        if refused:
            with_errors(form, refused)
        return show(request, "person", {"form": form, "draft": draft})
    if not form.is_valid():
        return refuse(request, draft, "person", form)
    keep(request, draft, **{"shows_nickname": False, **form.cleaned_data})
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
    context = {
        "draft": draft,
        "rows": _summary(request, draft, content, division, community),
        "photos": list(draft.photos.all()),
        "is_verified": user_can_submit_proposal(request.user),
        "diversion": CHANNELS["discipline"] if always_diverts(group=content["category_group"]) else None,
        "refusal": "",
        "hides_personal": bool(mask(f"{content.get('title', '')}\n{content['body']}").hits),
    }
    if request.method != "POST":
        return show(request, "check", context)
    here = step_url(draft.key, "check")
    if not request.user.is_authenticated:
        return redirect_to_login(here)
    if not context["is_verified"]:
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': here})}")
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
        return show(request, "check", {**context, "refusal": refusal.message}, status=422)
    # whoever just sent it in sees it, also on a device that still owes the second fact
    grant_sight(request=request, number=submission.number)
    return redirect("proposals:submitted", submission.number)


def _summary(
    request: HttpRequest, draft: Draft, content: dict[str, Any], division: Division, community: Division | None
) -> list[dict[str, Any]]:
    is_confidential = bool(content.get("is_confidential"))
    label = author_label(
        name=content.get("name", ""),
        nickname=_nickname(request),
        shows_nickname=bool(content.get("shows_nickname")),
    )
    count = draft.photos.count()
    rows = [
        ("words", _("内容"), content["body"]),
        ("words", _("一句话概括"), content.get("title", "") or generated_title(content["body"])),
        ("place", _("街道（乡镇）"), full_name(division)),
        ("place", _("社区（村）"), community.name if community else _("不清楚")),
        ("about", _("类别"), str(CategoryGroup(content["category_group"]).label)),
        ("about", _("照片"), _("%d张") % count if count else ""),
        ("person", _("公开的署名"), _("不公开") if is_confidential else label),
        ("person", _("是否保密"), _("保密") if is_confidential else _("不保密，公开")),
    ]
    return [
        {"label": label, "value": value, "url": step_url(draft.key, step, is_from_check=True)}
        for step, label, value in rows
    ]


PAGES: dict[str, Callable[[HttpRequest, Draft], HttpResponse]] = {
    "words": _words,
    "place": place,
    "about": _about,
    "person": _person,
    "check": _check,
}


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """An HTML fragment: readable proposals like the words typed so far; nothing for a few characters."""
    words = request.GET.get("q", "")[:500].strip()
    code = request.GET.get("division", "")
    division = (division_by_code(code) if code.isalnum() else None) or chosen_division(request.COOKIES)
    rows = similar_proposals(words, division) if len(words) >= 4 else []
    return render(request, "proposals/proposal_similar.html", {"rows": rows})
