"""Wagtail's bulk actions share one address: each is tried by each of the staff on a page, a picture or a file."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from portal.accounts.demo import SUBDISTRICT
from portal.accounts.models import User
from portal.jurisdictions.selectors import division_by_code
from tests.architecture.cells import undrawn
from tests.architecture.objects_library import column_page, document, image
from tests.architecture.permission_sets import STAFF
from tests.conftest import Cast
from tests.factories.pages import news

DONE = {
    ("wagtailcore", "page", "delete"): {"admin"},
    ("wagtailcore", "page", "publish"): {"admin"},
    ("wagtailcore", "page", "unpublish"): {"moderator", "director", "admin"},
    ("home", "portalimage", "delete"): {"editor", "admin"},
    ("home", "portaldocument", "delete"): {"editor", "admin"},
    ("accounts", "user", "delete"): set(),
    ("accounts", "user", "set_active_state"): set(),
    ("accounts", "user", "assign_role"): set(),
}
ASKS_FOR_MORE = {"move", "add_tags", "add_to_collection"}  # than a confirmation


def changes(client: Client, model: Any, pk: int, key: tuple[str, str, str]) -> bool:
    """Whether the row is another afterwards; it is put back."""
    before = list(model.objects.filter(pk=pk).values())
    with transaction.atomic(), undrawn():
        client.post(f"{reverse('wagtail_bulk_action', args=key)}?id={pk}", {"mark_as_active": ""})
        after = list(model.objects.filter(pk=pk).values())
        transaction.set_rollback(True)
    return after != before


@pytest.mark.once
def test_a_bulk_action_changes_only_what_its_user_may_change(cast: Cast) -> None:
    parent = Page.objects.get(pk=column_page(cast)).specific
    place = division_by_code(SUBDISTRICT)
    rows = [
        (Page, news(parent, place, live=False), ("publish",)),
        (Page, news(parent, place), ("delete", "unpublish")),
        (get_image_model(), get_image_model().objects.get(pk=image(cast)), ()),
        (get_document_model(), document(cast), ()),
        (User, cast.resident2, ()),
    ]
    done: dict[tuple[str, str, str], set[str]] = {}
    for name in sorted(STAFF):
        client = Client()
        client.force_login(cast[name])
        for model, row, wanted in rows:
            label, model_name = model._meta.app_label, model._meta.model_name
            for action in bulk_action_registry.get_bulk_actions_for_model(label, model_name):
                if (wanted and action.action_type not in wanted) or action.action_type in ASKS_FOR_MORE:
                    continue
                key = (label, model_name, action.action_type)
                done.setdefault(key, set())
                if changes(client, model, row.pk, key):
                    done[key].add(name)
    assert done == DONE
