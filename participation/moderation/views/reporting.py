"""举报: anybody may, logged in or not; nobody is told who did."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.trail.subjects import is_text, subjects_of

from .. import services
from ..forms import ReportForm
from ..models import Review
from ..registry import PhotoSummary, owner_of
from ..rules import Refused
from ..selectors import is_public, review_of_subject


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """404 for whatever is not public; POST once per reader and text."""
    review = review_of_subject(kind, key) if is_text(key) else None
    subject = subjects_of(kind, [key]).get(key)
    if review is None or subject is None or not subject.visible_to(request.user) or not is_public(review):
        raise Http404
    form = ReportForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        by = request.user if request.user.is_authenticated else None
        try:
            is_new = services.report(
                review=review, by=by, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"]
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _said(is_new=is_new, is_known=by is not None))
            return redirect(subject.url)
    context = {
        "form": form,
        "subject": subject,
        "photo": _photo(review),
        "text": "" if review.is_confidential else review.public_body,
        "days": settings.REPORT_WORKDAYS,
    }
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


def _photo(review: Review) -> PhotoSummary | None:
    """The one photo that is reported; None for words, also where photos stand beside them."""
    owner = owner_of(review.kind)
    summary = owner.resolve([review]).get(review.pk) if owner.unreviewed else None
    return summary.photos[0] if summary and summary.photos else None


def _said(*, is_new: bool, is_known: bool) -> str:
    if not is_new:
        return _("您已经举报过，处理结果会告诉您。")
    days = settings.REPORT_WORKDAYS
    if is_known:
        return _("已收到举报，%d个工作日内处理，结果会告诉您。") % days
    return _("已收到举报，%d个工作日内处理。") % days
