"""Model fields for personal values: a sealed text, and the index by which it can be found."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from .services import WrongKey, blind_index, decrypt, encrypt

logger = logging.getLogger(__name__)


class UnreadableText(str):
    """What a page shows when no configured key opens a value: a list goes on, and saving the row keeps the original.

    `stored` is the sealed value. Whoever needs the value itself (to send to it) must check `is_readable(value)`.
    """

    stored: str

    def __new__(cls, stored: str) -> "UnreadableText":
        text = super().__new__(cls, str(_("〔密钥不符，无法读取〕")))
        text.stored = stored
        return text


def is_readable(value: str | None) -> bool:
    return not isinstance(value, UnreadableText)


class EncryptedTextField(models.TextField):
    """A text sealed with AES-256-GCM in the database. Empty stays empty; cannot be searched (use BlindIndexField)."""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, UnreadableText):
            return value.stored
        text = super().get_prep_value(value)
        return encrypt(str(text)) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        if not value:
            return value
        try:
            return decrypt(value)
        except WrongKey as error:
            logger.error("%s cannot be read: %s; set FIELD_KEY or FIELD_KEY_FALLBACKS", self, error)
            return UnreadableText(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return EmptyOnly
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self} is sealed and cannot be searched by {lookup_name}; use its blind index")


class EmptyOnly(Exact):
    """`field=""` finds the empty ones; comparing a sealed field with a value would silently find nothing."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError("a sealed field can only be compared with the empty text; use its blind index")
        return ""


class BlindIndexField(models.CharField):
    """The HMAC of a sealed neighbour, kept by the row itself; empty (NULL) where the neighbour is empty.

    Nullable, so that `unique=True` allows many rows without a value. Find with
    `filter(phone_index__in=blind_indexes(phone, "phone"))`. `normalise` must be importable (it is not in migrations).
    """

    def __init__(
        self,
        *args: Any,
        source: str = "",
        purpose: str = "",
        normalise: Callable[[str], str] = str.strip,
        **kwargs: Any,
    ) -> None:
        self.source, self.purpose, self.normalise = source, purpose, normalise
        kwargs.update(max_length=64, null=True, blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs | {"source": self.source, "purpose": self.purpose}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.source) if self.source else None
        if is_readable(value):  # an unreadable neighbour keeps the index it has
            setattr(model_instance, self.attname, blind_index(self.normalise(value), self.purpose) if value else None)
        return getattr(model_instance, self.attname)
