"""Real objects for the parameters of routes, so that a refusal is a refusal and not a missing row.

A feature whose routes take an argument adds a line to `VALUES`: the parameter's name, with the route's key or namespace
before it where the name alone would be ambiguous, and a function of the cast that makes the object.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupApprovalTask, Page, Site, Workflow

from participation.proposals.models import Draft, Photo, Proposal
from participation.proposals.services import publish_proposal, submit_proposal
from portal.accounts.demo import SUBDISTRICT
from portal.accounts.models import NoticeText
from portal.corrections.models import Correction
from portal.jurisdictions.selectors import division_by_code
from portal.outbox.models import Delivery, Message, NoticeTask
from tests.architecture.routes import Route
from tests.conftest import Cast

Make = Callable[[Cast], Any]


def root_page(cast: Cast) -> int:
    return int(Site.objects.get(is_default_site=True).root_page_id)


def revision(cast: Cast) -> int:
    return int(Page.objects.get(pk=root_page(cast)).specific.save_revision().pk)


def image(cast: Cast) -> int:
    file = get_test_image_file(size=(8, 8))
    return int(get_image_model().objects.create(title="图", file=file, uploaded_by_user=cast.editor).pk)


def document(cast: Cast) -> int:
    file = ContentFile("文", name="a.txt")
    return int(get_document_model().objects.create(title="文", file=file, uploaded_by_user=cast.editor).pk)


def collection(cast: Cast) -> int:
    return int(Collection.get_first_root_node().add_child(name="集").pk)


def published_proposal(cast: Cast) -> str:
    """By the resident, published by the moderator; its one photo is public too."""
    if proposal := Proposal.objects.first():
        return proposal.number
    division = division_by_code(SUBDISTRICT)
    assert division is not None
    text = {"title": "路灯", "body": "小区门口的路灯坏了三个月。"}
    submission = submit_proposal(author=cast.resident, form_key="k" * 32, division=division, **text)
    proposal = Proposal.objects.get(number=submission.number)
    Photo.objects.create(proposal=proposal, file=picture(), thumbnail=picture(), width=8, height=8)
    return str(publish_proposal(proposal=proposal, by=cast.moderator).number)


def picture() -> ContentFile:
    return ContentFile(get_test_image_file(size=(8, 8)).read(), name="a.png")


def photo(cast: Cast) -> int:
    """Of the published proposal, which `number` may have made already."""
    if not Proposal.objects.exists():
        published_proposal(cast)
    return int(Photo.objects.get(proposal=Proposal.objects.get()).pk)


def draft_key(cast: Cast) -> str:
    return Draft.objects.create(key="a" * 32, user=cast.resident).key


def message(cast: Cast) -> Message:
    return Message.objects.get_or_create(recipient=cast.resident, event="test", defaults={"kind": "t", "title": "题"})[
        0
    ]


def delivery(cast: Cast) -> Delivery:
    channel = Delivery.Channel.values[-1]
    return Delivery.objects.get_or_create(message=message(cast), channel=channel, defaults={"due_at": timezone.now()})[
        0
    ]


def notice_task(cast: Cast) -> int:
    division = division_by_code(SUBDISTRICT)
    task = {"delivery": delivery(cast), "division": division, "script": "话", "created_at": timezone.now()}
    return int(NoticeTask.objects.create(**task).pk)


def correction(cast: Cast) -> int:
    """Of the subdistrict in which the cast holds its posts."""
    place = division_by_code(SUBDISTRICT)
    return int(Correction.objects.create(address="/", words="错字", division=place, created_at=timezone.now()).pk)


def notice_text(cast: Cast) -> int:
    row = NoticeText.objects.create(
        kind="terms", version="2026-02", text="<p>文</p>", published_at=timezone.now(), published_by=cast.director
    )
    return int(row.pk)


VALUES: dict[str, Make] = {
    # --- our own
    "number": published_proposal,
    "proposals:photo pk": photo,
    "proposals:photo_small pk": photo,
    "proposals key": draft_key,
    "proposals_admin pk": lambda cast: Proposal.objects.get(number=published_proposal(cast)).pk,
    "proposal_chooser pk": lambda cast: Proposal.objects.get(number=published_proposal(cast)).pk,
    "reviews pk": lambda cast: Proposal.objects.get(number=published_proposal(cast)).review_id,
    "step": lambda cast: "words",
    "message_id": lambda cast: message(cast).pk,
    "outbox_deliveries pk": lambda cast: delivery(cast).pk,
    "outbox_notice_tasks pk": notice_task,
    "jurisdictions_terms_of_division key": lambda cast: SUBDISTRICT,
    "jurisdictions_terms_change key": lambda cast: SUBDISTRICT,
    "jurisdictions_terms_withdraw key": lambda cast: SUBDISTRICT,
    "home:sitemap_section section": lambda cast: "pages",
    "home:column_feed path": lambda cast: "news",
    "accounts:privacy_notice_version version": lambda cast: "2026-01",
    "accounts:terms_version version": lambda cast: "2026-01",
    "corrections_admin pk": correction,
    "accounts_notice_texts pk": notice_text,
    # --- Wagtail: pages
    "page_id": root_page,
    "parent_page_id": root_page,
    "page_to_move_id": root_page,
    "destination_id": root_page,
    "page_pk": root_page,
    "wagtailadmin_pages pk": root_page,
    "wagtailadmin_api:pages pk": root_page,
    "revision_id": revision,
    "revision_id_a": revision,
    "revision_id_b": revision,
    "content_type_app_name": lambda cast: "home",
    "content_type_model_name": lambda cast: "homepage",
    "app_label": lambda cast: "home",
    "app_name": lambda cast: "home",
    "model_name": lambda cast: "homepage",
    "action": lambda cast: "publish",
    "action_name": lambda cast: "publish",
    "wagtail_serve _0": lambda cast: "",
    # --- Wagtail: everything else
    "image_id": image,
    "wagtailimages_chooser pk": image,
    "wagtailadmin_api:images pk": image,
    "filter_spec": lambda cast: "width-8",
    "document_id": document,
    "doc_id": document,
    "wagtaildocs_chooser pk": document,
    "wagtailadmin_api:documents pk": document,
    "collection_id": collection,
    "wagtailadmin_collections pk": collection,
    "wagtailadmin_workflows pk": lambda cast: Workflow.objects.create(name="审").pk,
    "workflow_pk": lambda cast: Workflow.objects.create(name="审").pk,
    "task_id": lambda cast: GroupApprovalTask.objects.create(name="审").pk,
    "wagtailsites pk": lambda cast: Site.objects.get(is_default_site=True).pk,
    "wagtailusers_users pk": lambda cast: cast.resident.pk,
    "wagtailusers_groups pk": lambda cast: Group.objects.create(name="组").pk,
}


class Objects:
    """Makes each object once, and answers with nothing that exists (1, or `x`) where no feature names one."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.made: dict[str, Any] = {}

    def values(self, route: Route) -> dict[str, Any]:
        return {parameter: self._value(route, parameter) for parameter in route.parameters}

    def _value(self, route: Route, parameter: str) -> Any:
        for name in (f"{route.key} {parameter}", f"{route.namespace} {parameter}", parameter):
            if name in VALUES:
                if name not in self.made:
                    self.made[name] = VALUES[name](self.cast)
                return self.made[name]
        return "1"
