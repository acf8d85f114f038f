"""Real objects for the parameters of the libraries' routes: Wagtail's, allauth's, the captcha's."""

from typing import Any

from allauth.mfa.models import Authenticator
from captcha.models import CaptchaStore
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Site,
    TaskState,
    UploadedFile,
    Workflow,
)

from home.models import NewsPage
from portal.accounts.demo import SUBDISTRICT
from portal.jurisdictions.selectors import division_by_code
from tests.conftest import Cast
from tests.factories.pages import column, news


def root_page(cast: Cast) -> int:
    return int(Site.objects.get(is_default_site=True).root_page_id)


def revision(cast: Cast) -> int:
    return int(Page.objects.get(pk=root_page(cast)).specific.save_revision().pk)


def column_page(cast: Cast) -> int:
    found = Page.objects.filter(slug="activity").first()
    return int((found or column()).pk)


def article_in_review(cast: Cast) -> NewsPage:
    """The editor's, of the cast's subdistrict, waiting for the first level of its review."""
    if found := NewsPage.objects.filter(slug="in-review").first():
        return found
    parent = Page.objects.get(pk=column_page(cast)).specific
    page = news(parent, division_by_code(SUBDISTRICT), live=False, slug="in-review", owner=cast.editor)
    page.save_revision(user=cast.editor)
    page.get_workflow().start(page, cast.editor)
    return page


def task_state(cast: Cast) -> TaskState:
    return article_in_review(cast).current_workflow_task_state


def alias(cast: Cast) -> int:
    return int(Page.objects.get(pk=column_page(cast)).specific.create_alias(update_slug="alias").pk)


def page_restriction(cast: Cast) -> int:
    page = Page.objects.get(pk=column_page(cast))
    return int(PageViewRestriction.objects.create(page=page, restriction_type="password", password="p").pk)


def collection_restriction(cast: Cast) -> int:
    shelf = Collection.objects.get(pk=collection(cast))
    row = CollectionViewRestriction.objects.create(collection=shelf, restriction_type="password", password="p")
    return int(row.pk)


def image(cast: Cast) -> int:
    """Of the cast's subdistrict, as one that its editor brought."""
    file = get_test_image_file(size=(8, 8))
    place = division_by_code(SUBDISTRICT)
    row = get_image_model().objects.create(title="图", file=file, uploaded_by_user=cast.editor, division=place)
    return int(row.pk)


def document(cast: Cast) -> Any:
    place = division_by_code(SUBDISTRICT)
    found = get_document_model().objects.filter(division=place).first()
    file = ContentFile("文", name="a.txt")
    return found or get_document_model().objects.create(
        title="文", file=file, uploaded_by_user=cast.editor, division=place
    )


def uploaded(cast: Cast, model: Any) -> int:
    """Half an upload, left by the editor."""
    kind = ContentType.objects.get_for_model(model)
    file = ContentFile("文", name="b.txt")
    return int(UploadedFile.objects.create(file=file, uploaded_by_user=cast.editor, for_content_type=kind).pk)


def collection(cast: Cast) -> int:
    return int(Collection.get_first_root_node().add_child(name="集").pk)


def task(cast: Cast) -> int:
    return int(GroupApprovalTask.objects.create(name="审").pk)


def editing_session(cast: Cast) -> int:
    page = Page.objects.get(pk=root_page(cast))
    row = EditingSession.objects.create(user=cast.editor, content_object=page, last_seen_at=timezone.now())
    return int(row.pk)


def passkey(cast: Cast) -> int:
    return int(Authenticator.objects.create(user=cast.resident, type="webauthn", data={"name": "手机"}).pk)


def paragraph() -> Any:
    return NewsPage._meta.get_field("body").stream_block.child_blocks["paragraph"]


LIBRARY_VALUES = {
    # --- Wagtail: pages
    "page_id": root_page,
    "parent_page_id": root_page,
    "page_to_move_id": root_page,
    "destination_id": root_page,
    "page_pk": root_page,
    "object_id": root_page,
    "wagtailadmin_pages pk": root_page,
    "wagtailadmin_api:pages pk": root_page,
    "revision_id": revision,
    "revision_id_a": revision,
    "revision_id_b": revision,
    "content_type_app_name": lambda cast: "home",
    "content_type_model_name": lambda cast: "newspage",
    "wagtailadmin_pages:add parent_page_id": column_page,
    "wagtailadmin_pages:preview_on_add parent_page_id": column_page,
    "wagtailadmin_pages:convert_alias page_id": alias,
    "home_plain_edit page_id": lambda cast: article_in_review(cast).pk,
    "home_plain_add parent_id": column_page,
    "wagtailadmin_pages:workflow_action page_id": lambda cast: article_in_review(cast).pk,
    "wagtailadmin_pages:collect_workflow_action_data page_id": lambda cast: article_in_review(cast).pk,
    "wagtailadmin_pages:workflow_history_detail page_id": lambda cast: article_in_review(cast).pk,
    "wagtailadmin_pages:workflow_preview page_id": lambda cast: article_in_review(cast).pk,
    "wagtailadmin_pages:workflow_preview task_id": lambda cast: task_state(cast).task_id,
    "wagtailadmin_pages:confirm_workflow_cancellation page_id": lambda cast: article_in_review(cast).pk,
    "workflow_state_id": lambda cast: task_state(cast).workflow_state_id,
    "task_state_id": lambda cast: task_state(cast).pk,
    "action_name": lambda cast: "approve",
    "app_label": lambda cast: "home",
    "model_name": lambda cast: "homepage",
    "wagtail_bulk_action app_label": lambda cast: "accounts",
    "wagtail_bulk_action model_name": lambda cast: "user",
    "action": lambda cast: "delete",
    "wagtailadmin_api:pages:action action_name": lambda cast: "publish",
    "wagtailadmin_workflows:add_task app_label": lambda cast: "wagtailcore",
    "wagtailadmin_workflows:add_task model_name": lambda cast: "groupapprovaltask",
    "wagtailadmin_tag_model_autocomplete app_name": lambda cast: "taggit",
    "wagtailadmin_tag_model_autocomplete model_name": lambda cast: "tag",
    "wagtail_serve _0": lambda cast: "",
    "page_view_restriction_id": page_restriction,
    "wagtailcore_authenticate_with_password page_id": column_page,
    "session_id": editing_session,
    # --- Wagtail: everything else
    "image_id": image,
    "wagtailimages_chooser pk": image,
    "wagtailadmin_api:images pk": image,
    "filter_spec": lambda cast: "width-8",
    "document_id": lambda cast: document(cast).pk,
    "doc_id": lambda cast: document(cast).pk,
    "wagtaildocs_chooser pk": lambda cast: document(cast).pk,
    "wagtailadmin_api:documents pk": lambda cast: document(cast).pk,
    "wagtaildocs_serve _0": lambda cast: document(cast).pk,
    "wagtaildocs_serve _1": lambda cast: document(cast).filename,
    "wagtaildocs uploaded_file_id": lambda cast: uploaded(cast, get_document_model()),
    "wagtailimages uploaded_file_id": lambda cast: uploaded(cast, get_image_model()),
    "collection_id": collection,
    "restriction_id": collection_restriction,
    "wagtailadmin_collections pk": collection,
    "wagtailadmin_workflows pk": lambda cast: Workflow.objects.create(name="审").pk,
    "workflow_pk": lambda cast: Workflow.objects.create(name="审").pk,
    "wagtailadmin_workflows:edit_task pk": task,
    "wagtailadmin_workflows:disable_task pk": task,
    "wagtailadmin_workflows:enable_task pk": task,
    "task_id": task,
    "redirect_id": lambda cast: Redirect.objects.create(old_path="/old", redirect_link="/").pk,
    "wagtailsites pk": lambda cast: Site.objects.get(is_default_site=True).pk,
    "wagtailusers_users pk": lambda cast: cast.resident.pk,
    "wagtailusers_groups pk": lambda cast: Group.objects.create(name="组").pk,
    "uidb64": lambda cast: urlsafe_base64_encode(force_bytes(cast.resident.pk)),
    "token": lambda cast: default_token_generator.make_token(cast.resident),
    # --- others
    "mfa_remove_webauthn pk": passkey,
    "mfa_edit_webauthn pk": passkey,
    "captcha-image key": lambda cast: CaptchaStore.generate_key(),
    "captcha-image-2x key": lambda cast: CaptchaStore.generate_key(),
}

# Routes of models that this portal has none of: nothing can stand at their address.
WITHOUT_OBJECTS = {
    "wagtailsettings app_name": "no settings model is registered with Wagtail",
    "wagtailsettings model_name": "no settings model is registered with Wagtail",
    "wagtailsettings pk": "no settings model is registered with Wagtail",
}

# What a route reads from its query string instead of its path.
LIBRARY_QUERIES = {
    "wagtailadmin_api:pages:find": lambda cast: "html_path=/",
    "wagtailadmin_api:documents:find": lambda cast: f"id={document(cast).pk}",
    "wagtailadmin_api:images:find": lambda cast: f"id={image(cast)}",
    "wagtail_bulk_action": lambda cast: f"id={cast.resident.pk}",
    "wagtailadmin_block_preview": lambda cast: f"id={paragraph().definition_prefix}",
}
