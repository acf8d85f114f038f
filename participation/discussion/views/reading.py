"""The page of a thread, all answers to one comment, the texts that one comment had."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..forms import CommentForm, ThreadFilterForm
from ..models import Comment, Thread
from ..permissions import capacities_of, user_can_view_comment
from ..selectors import (
    closure_of,
    helpful_ids,
    is_open,
    may_edit_now,
    official_answers,
    own_unpublished,
    place_of,
    replies_page,
    takes_comments,
    texts_of,
    thread_page,
)
from .access import comment_or_404, thread_or_404, visible_subject


@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """What the address asks for, nothing else: order, voices, cursor."""
    row, subject = thread_or_404(request.user, pk)
    return render(request, "discussion/thread_page.html", thread_context(request, row, subject))


def thread_context(request: HttpRequest, row: Thread, subject: Any, form: CommentForm | None = None) -> dict[str, Any]:
    """With the bound form that was refused, the same page once more."""
    order, voices = ThreadFilterForm(request.GET).asked
    found = thread_page(row, order=order, voices=voices, cursor=request.GET.get("cursor", ""))
    pinned = official_answers(row)
    shown = [*pinned, *(each for entry in found.entries for each in (entry.comment, *entry.replies))]
    user, closure = request.user, closure_of(row)
    is_taking = is_open(row) and closure is None
    if form is None and is_taking and (capacities := capacities_of(user, row.division)):
        form = CommentForm(request=request, capacities=capacities, is_reply=False)
    return {
        "thread": row,
        "subject": subject,
        "page": found.page,
        "entries": found.entries,
        "pinned": pinned,
        "order": order,
        "voices": voices,
        "tabs": _tabs(row, order, voices),
        "is_open": is_taking,
        "closure": closure,
        "form": form,
        "own": own_unpublished(user, row),
        **personal_context(user, shown, is_open=is_taking),
    }


def personal_context(user: Any, comments: list[Comment], *, is_open: bool) -> dict[str, Any]:
    """What differs from person to person beside each comment."""
    return {
        "helped": helpful_ids(user, comments),
        "may_edit": {each.pk for each in comments if is_open and each.author_id == user.pk and may_edit_now(each)},
    }


def _tabs(row: Thread, order: str, voices: str) -> list[dict[str, Any]]:
    """Orders, then voices: each with its own address."""
    words = {
        "order": (("newest", _("最新")), ("oldest", _("最早")), ("helpful", _("最有帮助"))),
        "voices": (("all", _("全部")), ("official", _("只看官方答复")), ("members", _("只看议事代表和人大代表"))),
    }
    now = {"order": order, "voices": voices}
    found = []
    for name, choices in words.items():
        for value, label in choices:
            query = {key: kept for key, kept in {**now, name: value}.items() if kept not in ("newest", "all")}
            url = f"{row.get_absolute_url()}?{urlencode(query)}" if query else row.get_absolute_url()
            found.append({"group": name, "label": label, "url": f"{url}#comments", "is_current": now[name] == value})
    return found


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The lasting address of one comment: to where it stands now. One's own waiting one leads to the own list."""
    row = get_object_or_404(Comment.objects.select_related("thread__division", "parent"), pk=pk)
    visible_subject(request.user, row.thread)
    if row.is_listed:
        return redirect(place_of(row))
    if not user_can_view_comment(request.user, row):
        raise Http404
    if row.author_id == request.user.pk:
        return redirect("discussion:mine")
    return redirect("reviews:review", pk=row.review_id)


@require_safe
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """A placeholder keeps its answers: its own page stays as well."""
    row = get_object_or_404(Comment.objects.select_related("thread__division", "review"), pk=pk, is_listed=True)
    subject = visible_subject(request.user, row.thread)
    if row.parent_id:
        raise Http404
    page = replies_page(row, request.GET.get("cursor", ""))
    is_open = takes_comments(row.thread)
    context = {
        "thread": row.thread,
        "subject": subject,
        "comment": row,
        "page": page,
        "is_open": is_open,
        **personal_context(request.user, [row, *page.items], is_open=is_open),
    }
    return render(request, "discussion/comment_replies.html", context)


@require_safe
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """修改记录: every text that was public."""
    row, subject = comment_or_404(request.user, pk)
    found = texts_of(row)
    if not found:
        raise Http404
    context = {"thread": row.thread, "subject": subject, "comment": row, "texts": found}
    return render(request, "discussion/comment_texts.html", context)
