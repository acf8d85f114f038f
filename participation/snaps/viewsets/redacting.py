"""遮盖照片: rectangles over faces and plates, drawn or typed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused

from .. import services
from ..forms import RedactForm
from ..models import SnapPhoto
from ..permissions import user_can_review_snap
from ..selectors import redactions_of
from ..views.reading import picture
from .access import DeskOnly, rows_for, start_item


class OnePhoto(DeskOnly):
    """404 outside the scope."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def photo(self) -> SnapPhoto:
        rows = SnapPhoto.objects.select_related("snap__division", "snap__review", "handling_photo")
        found: SnapPhoto = get_object_or_404(
            rows.filter(snap__in=rows_for(self.request.user).values("pk")), pk=self.kwargs["pk"]
        )
        return found


class RedactView(OnePhoto, WagtailAdminTemplateMixin, TemplateView):
    template_name = "snaps/admin/snap_redact.html"
    header_icon = "image"

    def get_page_title(self) -> str:
        return _("遮盖人脸和车牌")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        snap = self.photo.snap
        back = {"url": reverse("snaps_admin:detail", args=[snap.pk]), "label": snap.number}
        return [*self.breadcrumbs_items, start_item(), back, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        photo = self.photo
        kwargs.setdefault("form", self.form())
        is_allowed = user_can_review_snap(self.request.user, photo.snap)
        return {
            **super().get_context_data(**kwargs),
            "photo": photo,
            "may_redact": is_allowed,
            "redactions": redactions_of(photo),
        }

    def form(self, data: Any = None) -> RedactForm:
        photo = self.photo
        initial = {"alt": photo.alt, "is_withheld": photo.is_withheld}
        return RedactForm(data, boxes=photo.boxes, initial=initial)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_can_review_snap(request.user, self.photo.snap):
            raise PermissionDenied
        form = self.form(request.POST)
        if form.is_valid():
            names = ("boxes", "alt", "is_withheld")
            try:
                services.redact_photo(
                    photo=self.photo, by=request.user, **{name: form.cleaned_data[name] for name in names}
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("已保存。公开的是遮盖后的照片，原图只有工作人员看得到。"))
                return redirect("snaps_admin:detail", pk=self.photo.snap_id)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OriginalView(OnePhoto, View):
    """The picture without rectangles, for drawing them."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return picture(self.photo.original)


class AddUnitPhotosView(DeskOnly, View):
    """取用承办单位的照片: from the ledger, straight on to blacking out the first of them."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        snap = get_object_or_404(rows_for(request.user), pk=pk)
        try:
            taken = services.add_unit_photos(snap=snap, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("snaps_admin:detail", pk=pk)
        messages.success(request, _("已取来%d张。请遮盖或确认，保存后公开。") % len(taken))
        return redirect("snaps_admin:redact", pk=taken[0].pk)
