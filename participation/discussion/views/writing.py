"""Writing, answering, and saying that a comment helped. Nothing typed is lost: not by a log-in, not by a refusal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from participation.moderation.rules import Refused
from portal.trail.subjects import Subject

from .. import services
from ..forms import CommentForm
from ..models import Comment, Thread
from ..permissions import capacities_of, user_can_write_comments
from ..selectors import place_of, takes_comments
from .access import answered_or_404, comment_or_404, thread_or_404
from .reading import thread_context


def _must_prove_first(request: HttpRequest) -> HttpResponse | None:
    """Log in, then prove the phone; afterwards back to the same page."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    return None


def _said(comment: Comment) -> str:
    if comment.is_public:
        return _("已发表。")
    return _("已收到您的意见，审核以后公开；结果会告诉您。")


def _written(request: HttpRequest, thread: Thread, form: CommentForm, reply_to: Comment | None) -> Comment | None:
    """The comment, or None with the reason in the form."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    try:
        return services.write_comment(
            thread=thread,
            author=request.user,
            form_key=asked["form_key"],
            text=asked["text"],
            capacity=asked["capacity"],
            stance=asked.get("stance", ""),
            reply_to=reply_to,
        )
    except Refused as refusal:
        form.add_error("text", refusal.message)
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """POST from the thread's own page; GET leads there, as after logging in."""
    thread, subject = thread_or_404(request.user, pk)
    place = f"{thread.get_absolute_url()}#write"
    if first := _must_prove_first(request):
        return first
    if request.method != "POST":
        return redirect(place)
    capacities = capacities_of(request.user, thread.division)
    if not capacities:
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': place})}")
    form = CommentForm(request.POST, request=request, capacities=capacities, is_reply=False)
    comment = _written(request, thread, form, None)
    if comment is None:
        context = thread_context(request, thread, subject, form)
        return render(request, "discussion/thread_page.html", context, status=422)
    messages.success(request, _said(comment))
    return redirect(place_of(comment) if comment.is_public else thread.get_absolute_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment that is answered above the form."""
    comment, subject = answered_or_404(request.user, pk)
    thread = comment.thread
    if first := _must_prove_first(request):
        return first
    capacities = capacities_of(request.user, thread.division)
    if not capacities:
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': request.path})}")
    is_too_late = not comment.is_public or not takes_comments(thread)
    if request.method != "POST":
        if is_too_late:
            messages.error(request, _("讨论已经结束，或者这条评论已不在页面上，不能回复。"))
            return redirect(thread)
        form = CommentForm(request=request, capacities=capacities, is_reply=True)
        return _reply_page(request, comment, subject, form)
    form = CommentForm(request.POST, request=request, capacities=capacities, is_reply=True)
    answer = _written(request, thread, form, comment)
    if answer is None:
        return _reply_page(request, comment, subject, form, is_too_late=is_too_late, status=422)
    messages.success(request, _said(answer))
    # what waits stands at the head of the thread, under the message that says so
    return redirect(place_of(answer) if answer.is_public else answer.thread.get_absolute_url())


def _reply_page(
    request: HttpRequest,
    comment: Comment,
    subject: Subject,
    form: CommentForm,
    *,
    is_too_late: bool = False,
    **response: Any,
) -> HttpResponse:
    context = {"comment": comment, "thread": comment.thread, "subject": subject, "form": form}
    context["is_too_late"] = is_too_late
    return render(request, "discussion/comment_reply.html", context, **response)


@login_required
@require_POST
def helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """有帮助, or taken back."""
    comment, _subject = comment_or_404(request.user, pk)
    if not user_can_write_comments(request.user):
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': comment.get_absolute_url()})}")
    wish = request.POST.get("do", "helpful") != "withdraw"
    try:
        services.mark_helpful(comment=comment, by=request.user, is_helpful=wish)
    except PermissionDenied:
        messages.error(request, _("自己的评论不用点“有帮助”。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(comment.thread)
    return redirect(place_of(comment))
