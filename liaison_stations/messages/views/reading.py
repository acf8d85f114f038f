"""The sender's pages: received, and how it stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison_stations.records.rules.diversion import CHANNELS
from participation.proposals.permissions import user_can_view_proposal
from portal.lookup.selectors import current_query_code, may_see_number

from ..models import DeputyMessage
from ..permissions import user_can_read_message, user_is_addressee
from ..selectors import message_by_number


def readable_or_404(request: HttpRequest, number: str) -> DeputyMessage:
    """For who wrote it, who it was left for, the desk, and whoever showed the slip's code."""
    message = message_by_number(number)
    if message is None:
        raise Http404
    if not user_can_read_message(request.user, message) and not may_see_number(request, message.number):
        raise Http404
    return message


@never_cache
@require_safe
def submitted(request: HttpRequest, number: str) -> HttpResponse:
    """收到了: the number, the code, by when an answer is due. Stays reachable; may be printed."""
    message = readable_or_404(request, number)
    context = {"message": message, "query_code": current_query_code(message.number)}
    return render(request, "deputy_messages/message_submitted.html", context)


@never_cache
@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    message = readable_or_404(request, number)
    context = {
        "message": message,
        "channel": CHANNELS.get(message.diverted_to),
        "may_open_proposal": message.proposal is not None and user_can_view_proposal(request.user, message.proposal),
        "may_answer": message.is_waiting and user_is_addressee(request.user, message),
    }
    return render(request, "deputy_messages/message_detail.html", context)
