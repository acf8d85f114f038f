"""What every page of the editors' site has: a division, its review, and rights that follow posts."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, Workflow

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import site_profile, term

from .adapters.check_panel import ContentCheckPanel
from .adapters.page_form import PortalPageForm
from .adapters.page_rights import ScopedPageTester, name_of
from .adapters.reserved import reserved_slugs
from .registry import workflow_of
from .rules.content import Finding


class PortalPage(Page):
    """页面: belongs to a division; without one it belongs to the whole site and so to the site's own division."""

    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所属区划"),
        help_text=_("由这个区划的编辑和审核员管理。"),
    )

    # a page of this kind is read in the admin only by whoever has a right on it, drafts of others' stay unseen
    is_own_business = False
    # the one address of the portal that a page of this kind stands at (decisions 20)
    own_address = ""

    base_form_class = PortalPageForm
    division_panel = FieldPanel("division")
    check_panel = ContentCheckPanel()

    class Meta:
        abstract = True

    @cached_property
    def division_in_charge(self) -> Division | None:
        """Whose editors and reviewers answer for the page; None is the superuser's."""
        if self.division_id:
            return self.division
        profile = site_profile()
        return profile.division if profile else None

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("默认")), ("elder", _("长者模式")), ("contrast", _("高对比"))]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """As a visitor with that display mode sees it; the middleware goes by the cookies."""
        if mode_name:
            request.COOKIES[mode_name] = "1"
        return super().serve_preview(request, mode_name)

    def permissions_for_user(self, user: Any) -> ScopedPageTester:
        return ScopedPageTester(user, self)

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    @property
    def review_levels(self) -> int:
        """How many read it before it is public: the term of the division (三审三校)."""
        return int(term(self.division_in_charge, "review_levels"))

    def get_workflow(self) -> Workflow | None:
        found: Workflow | None = workflow_of(self.review_levels)
        return found

    def own_findings(self) -> list[Finding]:
        """What a page of this kind says of itself beside its words, for the check panel."""
        return []

    @classmethod
    def right_to(cls, action: str) -> str:
        """The name under which posts are granted `action` on pages of this kind."""
        return name_of(action)

    def clean(self) -> None:
        """At the top of the site a page may not stand where an address of the portal is (decisions 20)."""
        super().clean()
        is_at_the_top = self.depth == 3 or getattr(self, "_parent_depth", None) == 2
        if is_at_the_top and self.slug != self.own_address and self.slug in reserved_slugs():
            raise ValidationError({"slug": _("这个网址名已被网站功能占用，请换一个。")})
