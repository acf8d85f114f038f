"""The editors' side of the site in the Wagtail admin."""

from wagtail import hooks

from .adapters.choosers import ProposalChooserViewSet, proposal_chooser


@hooks.register("register_admin_viewset")
def register_proposal_chooser() -> ProposalChooserViewSet:
    return proposal_chooser
