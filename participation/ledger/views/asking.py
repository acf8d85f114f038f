"""“解决了吗？” by the link of a message, without log-in. Opening it changes nothing: mail scanners open every link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation.moderation.rules import Refused

from .. import services
from ..forms import SolvedForm
from ..selectors.asking import question_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def solved(request: HttpRequest, token: str) -> HttpResponse:
    """One proposer, one reply, once; the page names the matter and nobody."""
    question = question_of(token)
    if question is None:
        return render(request, "ledger/solved.html", {"is_unknown": True}, status=404)
    context = {"question": question, "item": question.item, "reply": question.reply}
    if question.is_answered or not question.is_open:
        return render(request, "ledger/solved.html", context, status=200 if request.method != "POST" else 409)
    data = request.POST if request.method == "POST" else None
    form = SolvedForm(data, request=request, questions=question.rater.round.questions)
    if form.is_bound and form.is_valid():
        try:
            services.rate_by_link(question=question, **form.given())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("ledger:solved", token=token)
    return render(request, "ledger/solved.html", {**context, "form": form}, status=422 if form.errors else 200)
