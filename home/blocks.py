"""The body of an article: the words of any page, and the matters it speaks of."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.pages.blocks import MATTERS, WordsBlock


class ProposalChooserBlock(blocks.ChooserBlock):
    @cached_property
    def target_model(self) -> Any:
        from participation.proposals.models import Proposal

        return Proposal

    @cached_property
    def widget(self) -> Any:
        from .adapters.choosers import proposal_chooser

        return proposal_chooser.widget_class()

    class Meta:
        icon = "form"
        label = _("居民建议")


class ProposalsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("标题"), max_length=30, default=_("相关建议"), required=False)
    proposals = blocks.ListBlock(ProposalChooserBlock(), label=_("建议"), min_num=1, max_num=6)

    class Meta:
        icon = "form"
        label = _("居民建议")
        description = _("在正文里列出几件公开的建议，带办理状态。")
        group = MATTERS
        template = "home/blocks/proposals.html"
        preview_template = "home/blocks/proposals_preview.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """A proposal hidden or withdrawn since it was chosen is no longer shown."""
        context = super().get_context(value, parent_context=parent_context)
        rows = [row for row in value["proposals"] if row is not None]
        context["proposals"] = [row for row in rows if row.is_readable]
        return context


class BodyBlock(WordsBlock):
    """正文 of an article."""

    proposals = ProposalsBlock()

    class Meta:
        block_counts = {"note": {"max_num": 3}}
