"""The ledger as the ground floor sees it."""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from portal.trail.subjects import Subject

from .models import Category, CategoryGroup, LedgerItem
from .permissions import user_can_view

RATE = re.compile(r"/ledger/[^/]+/rate/")


def is_secret_answer(request: HttpRequest) -> bool:
    """议事代表测评 or 社会监督: the proposers' form alone has a form key."""
    return RATE.fullmatch(request.path_info) is not None and "form_key" not in request.POST


def categories_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """大类 and 类别, as the lists filter by them."""
    labels = dict(Category.choices) | dict(CategoryGroup.choices)
    address = reverse("ledger:list")
    return {
        key: Subject("category", key, str(labels[key]), f"{address}?{urlencode({'category': key})}", lambda user: True)
        for key in keys
        if key in labels
    }


def subjects(keys: list[str]) -> dict[str, Subject]:
    rows = LedgerItem.objects.filter(reference__in=keys).select_related("division")

    def visible(item: LedgerItem) -> Any:
        return lambda user: user_can_view(user, item)

    return {
        row.reference: Subject(
            "ledger_item",
            row.reference,
            row.public_title if row.is_public else "",
            row.get_absolute_url(),
            visible(row),
            is_confidential=row.is_confidential,
        )
        for row in rows
    }
