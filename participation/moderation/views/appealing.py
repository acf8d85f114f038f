"""申诉: one's own decided texts, and one's appeals with their answers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import services
from ..forms import AppealForm
from ..models import Review
from ..rules import Refused
from ..selectors import appealable_of, appeals_of, may_appeal, with_summaries


@login_required
@never_cache
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    context = {"rows": appealable_of(request.user), "appeals": appeals_of(request.user)}
    return render(request, "moderation/appeal_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Against the decision on one's own text; that it exists is nobody else's business."""
    review = get_object_or_404(Review.objects.select_related("division"), pk=pk, author=request.user)
    if not may_appeal(request.user, review):
        if request.method == "POST":
            messages.error(request, _("现在没有可以申诉的决定，或者已经申诉过。"))
            return redirect("moderation:appeals")
        raise Http404
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.appeal(review=review, by=request.user, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            days = settings.APPEAL_WORKDAYS
            messages.success(request, _("已收到申诉，由另一位工作人员在%d个工作日内答复。") % days)
            return redirect("moderation:appeals")
    context = {"form": form, "review": review, "days": settings.APPEAL_WORKDAYS}
    context["summary"] = with_summaries([review])[0].summary
    return render(request, "moderation/appeal.html", context, status=422 if form.errors else 200)
