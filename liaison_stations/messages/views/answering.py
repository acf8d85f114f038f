"""The deputy answers, on a phone as well."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation.moderation.rules import Refused

from .. import services
from ..forms import AnswerForm
from ..permissions import user_is_addressee
from ..selectors import message_by_number


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """For the deputy it was left for and nobody else: the desk has its own page."""
    message = message_by_number(number)
    if message is None or not user_is_addressee(request.user, message):
        raise Http404
    if not message.is_waiting:
        messages.info(request, _("这条留言已经答复或转办。"))
        return redirect(message)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.answer_message(message=message, by=request.user, **form.facts())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已答复，会告诉留言人。"))
            return redirect(message)
    context = {"message": message, "form": form}
    return render(request, "deputy_messages/message_answer.html", context, status=422 if form.errors else 200)
