"""Choosing a public proposal in Wagtail's editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet


class _PublicOnly:
    """Whatever is asked for: nothing that residents may not read can be chosen, seen or named."""

    def get_object_list(self) -> Any:
        from participation.proposals.models import Proposal

        return Proposal.objects.readable().for_list().order_by("-published_at", "-pk")

    def get_object(self, pk: Any) -> Any:
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks: Any) -> Any:
        return self.get_object_list().filter(pk__in=pks)

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=_("建议"),
                accessor="display_title",
                id_accessor="pk",
                url_name=self.chosen_url_name,  # type: ignore[attr-defined]  # given by the viewset
                link_attrs={"data-chooser-modal-choice": True},
            ),
            Column("number", label=_("编号"), accessor="number"),
            Column("division", label=_("区划"), accessor="division"),
        ]


class _Choose(_PublicOnly, chooser.ChooseView):
    pass


class _Results(_PublicOnly, chooser.ChooseResultsView):
    pass


class _Chosen(_PublicOnly, chooser.ChosenView):
    pass


class _ChosenMultiple(_PublicOnly, chooser.ChosenMultipleView):
    pass


class ProposalChooserViewSet(ChooserViewSet):
    model = "proposals.Proposal"
    icon = "form"
    choose_one_text = _("选择居民建议")
    choose_another_text = _("换一件建议")
    edit_item_text = _("查看")
    choose_view_class = _Choose
    choose_results_view_class = _Results
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenMultiple

    def get_urlpatterns(self) -> list[Any]:
        """Nobody makes a proposal here."""
        return [each for each in super().get_urlpatterns() if each.name != "create"]


proposal_chooser = ProposalChooserViewSet("proposal_chooser", url_prefix="choose-proposal")
