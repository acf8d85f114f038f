"""What authors do with their own comments."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.moderation.rules import Refused
from participation.moderation.selectors import mark_appealed
from portal.frame.paging import keyset_page

from .. import services
from ..forms import AmendForm
from ..models import Comment
from ..permissions import user_is_author
from ..selectors import comments_of, is_open, may_edit_now, threads_with_subjects
from ..states import Action, State, next_state
from .access import comment_or_404


def _own_or_404(request: HttpRequest, pk: int) -> tuple[Comment, Any]:
    comment, subject = comment_or_404(request.user, pk)
    if not user_is_author(request.user, comment):
        raise Http404
    return comment, subject


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我的评论, with what became of each."""
    page = keyset_page(comments_of(request.user).order_by(), "-submitted_at", request.GET.get("cursor"))
    subjects = {row.pk: subject for row, subject in threads_with_subjects({each.thread for each in page})}
    mark_appealed(request.user, [each.review for each in page])
    rows = [
        {
            "comment": each,
            "subject": subjects.get(each.thread_id),
            "may_amend": each.state == State.RETURNED,
            "may_edit": may_edit_now(each) and is_open(each.thread),
            "may_withdraw": next_state(Action.WITHDRAW, State(each.state)) is not None and not each.hidden_at,
        }
        for each in page
    ]
    return render(request, "discussion/comment_mine.html", {"page": page, "rows": rows})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """补正: what was returned, with the reviewer's reason above it."""
    comment, subject = _own_or_404(request, pk)
    if request.method != "POST" and comment.state != State.RETURNED:
        messages.info(request, _("这条评论现在不需要补正。"))
        return redirect("discussion:mine")
    said = _("已重新提交，审核以后公开。")
    return _rewritten(request, comment, subject, services.resubmit_comment, said)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Within the window after publication."""
    comment, subject = _own_or_404(request, pk)
    if request.method != "POST" and not may_edit_now(comment):  # a POST is refused with its text still on the page
        messages.info(request, _("修改时间已过，或者上一次修改还在审核。可以再发一条评论补充。"))
        return redirect("discussion:mine")
    said = _("修改已收到。需要审核的，通过以前仍显示原来的文本。")
    return _rewritten(request, comment, subject, services.edit_comment, said)


def _rewritten(
    request: HttpRequest, comment: Comment, subject: Any, save: Callable[..., Comment], said: str
) -> HttpResponse:
    form = AmendForm(request.POST or None, initial={"text": comment.review.original_body})
    if request.method == "POST" and form.is_valid():
        try:
            save(comment=comment, by=request.user, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            messages.success(request, said)
            return redirect("discussion:mine")
    context = {"comment": comment, "thread": comment.thread, "subject": subject, "form": form}
    return render(request, "discussion/comment_amend.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, for it cannot be undone."""
    comment, subject = _own_or_404(request, pk)
    if request.method == "POST":
        try:
            services.withdraw_comment(comment=comment, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("已撤回。"))
        return redirect("discussion:mine")
    context = {"comment": comment, "thread": comment.thread, "subject": subject}
    return render(request, "discussion/comment_withdraw.html", context)
