"""工委职务 in the Wagtail admin: the list within the scope, a form, handing over, and voiding a mistake."""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import register_permission_policy

from ..forms.posts import CommitteePostForm, PostHandOverForm
from ..forms.staff import ReasonForm
from ..models import CommitteePost
from ..permissions import ScopedModelPolicy
from ..rules import COMMITTEE_POST_KEEPERS
from ..selectors import committee_posts_in_scope
from ..services import (
    AccountRefused,
    hand_over_committee_post,
    save_committee_post,
    void_committee_post,
)

register_permission_policy(CommitteePost, ScopedModelPolicy(CommitteePost))
INDEX = "accounts_committee_posts:index"


class PostFilters(WagtailFilterSet):
    post = django_filters.ChoiceFilter(label=_("职务"), choices=CommitteePost.Post.choices)

    class Meta:
        model = CommitteePost
        fields = ["post"]


class PostIndex(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return committee_posts_in_scope(self.request.user)

    def get_edit_url(self, instance: CommitteePost) -> Any:
        return None if instance.is_void else super().get_edit_url(instance)

    def get_list_more_buttons(self, instance: CommitteePost) -> list[Any]:
        """交接 and 作废 where the work is found, not only behind the form."""
        buttons = list(super().get_list_more_buttons(instance))
        if not self.get_edit_url(instance):
            return buttons
        own = (("hand_over", gettext("交接"), "redirect"), ("void", gettext("作废"), "cross"))
        return buttons + [
            Button(label, url=reverse(f"accounts_committee_posts:{name}", args=[instance.pk]), icon_name=icon,
                   priority=40 + place)
            for place, (name, label, icon) in enumerate(own)
        ]  # fmt: skip


class _ThroughService:
    """What the service refuses stands in the form."""

    request: Any
    form: Any

    def save_instance(self) -> CommitteePost:
        return save_committee_post(post=self.form.save(commit=False), by=self.request.user)

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view it is mixed into
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)  # type: ignore[attr-defined]  # the view it is mixed into


class PostCreate(_ThroughService, generic.CreateView):
    pass


class PostEdit(_ThroughService, generic.EditView):
    def get_queryset(self) -> Any:
        return committee_posts_in_scope(self.request.user, COMMITTEE_POST_KEEPERS).filter(is_void=False)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        own = [
            HeaderButton(gettext("交接"), url=reverse("accounts_committee_posts:hand_over", args=[self.object.pk]),
                         icon_name="redirect", priority=5),
            HeaderButton(gettext("作废"), url=reverse("accounts_committee_posts:void", args=[self.object.pk]),
                         icon_name="cross", priority=6),
        ]  # fmt: skip
        return [*super().header_more_buttons, *own]


def _post_of(request: HttpRequest, pk: int) -> CommitteePost:
    rows = committee_posts_in_scope(request.user, COMMITTEE_POST_KEEPERS).filter(is_void=False)
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, form: Any, post: CommitteePost, title: str) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": gettext("首页")},
        {"url": reverse(INDEX), "label": gettext("工委职务")},
        {"url": "", "label": title},
    ]
    context = {"form": form, "subject": str(post), "page_title": title, "verb": title, "header_icon": "group",
               "breadcrumbs_items": crumbs}  # fmt: skip
    return render(request, "accounts/people_admin_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_post(request: HttpRequest, pk: int) -> HttpResponse:
    post, form = _post_of(request, pk), PostHandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over_committee_post(
                post=post, name=form.cleaned_data["name"], user=form.user, on=form.cleaned_data["on"], by=request.user
            )
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("已交接。账号的权限不随职务移交，请到“人员与任职”办理。"))
            return redirect(INDEX)
    return _page(request, form, post, gettext("交接"))


@require_http_methods(["GET", "HEAD", "POST"])
def void_post(request: HttpRequest, pk: int) -> HttpResponse:
    post, form = _post_of(request, pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        void_committee_post(post=post, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, gettext("已作废。"))
        return redirect(INDEX)
    return _page(request, form, post, gettext("作废"))


def remarks_of(post: CommitteePost) -> list[str]:
    marks = ((post.is_acting, gettext("代理")), (post.is_void, gettext("作废")))
    return [word for is_so, word in marks if is_so]


class CommitteePostViewSet(ModelViewSet):
    model = CommitteePost
    name = "committee_posts"
    url_prefix = "committee-posts"
    url_namespace = "accounts_committee_posts"
    icon = "group"
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    index_view_class = PostIndex
    add_view_class = PostCreate
    edit_view_class = PostEdit
    filterset_class = PostFilters
    search_fields = ["name", "division__name"]
    search_backend_name = None
    list_display = [
        "name",
        Column("post", label=_("职务"), accessor="get_post_display"),
        Column("division", label=_("街道"), accessor="division"),
        "starts_on",
        Column("ends_on", label=_("止"), accessor=lambda row: row.ends_on or ""),
        BooleanColumn("is_current", label=_("在任")),
        Column("remark", label=_("备注"), accessor=lambda row: "、".join(remarks_of(row))),
        Column("user", label=_("账号"), accessor=lambda row: row.user.username if row.user else ""),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return CommitteePostForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/hand-over/", hand_over_post, name="hand_over"),
            path("<int:pk>/void/", void_post, name="void"),
        ]

    def register_menu_item(self) -> None:
        """It stands in the group 人员 of wagtail_hooks."""
