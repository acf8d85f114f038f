import pytest
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import override_settings
from django.test.utils import isolate_apps

from portal.encryption import checks
from portal.encryption.fields import BlindIndexField, EncryptedTextField, is_readable
from portal.encryption.services import blind_index, blind_indexes

NEW_KEY = "another-field-key-that-is-also-long-enough-0123456789"


@pytest.fixture
def card(db, settings, monkeypatch):
    """A throw-away model with a sealed phone and its index."""
    with isolate_apps("portal.encryption"):

        class Card(models.Model):
            phone = EncryptedTextField(blank=True)
            phone_index = BlindIndexField(source="phone", purpose="phone", unique=True)

            class Meta:
                app_label = "encryption"

            def __str__(self):
                return self.phone

        key = {"sqlite": "integer PRIMARY KEY", "postgresql": "bigserial PRIMARY KEY"}[connection.vendor]
        with connection.cursor() as cursor:  # SQLite's schema editor refuses to work inside the test's transaction
            cursor.execute(f"CREATE TABLE encryption_card (id {key}, phone text, phone_index varchar(64) UNIQUE)")
        sealed = [(Card, [Card._meta.get_field("phone")], [Card._meta.get_field("phone_index")])]
        monkeypatch.setattr(checks, "sealed_columns", lambda: iter(sealed))
        monkeypatch.setattr("portal.encryption.management.commands.rotate_field_keys.sealed_columns", lambda: sealed)
        yield Card


def stored_phone(card):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM encryption_card WHERE id = %s", [card.pk])
        return cursor.fetchone()[0]


def test_the_database_never_sees_the_value(card):
    row = card.objects.create(phone="13800138000")
    assert stored_phone(row).startswith("v1.")
    assert card.objects.get(pk=row.pk).phone == "13800138000"


def test_empty_stays_empty_and_many_rows_may_be_empty(card):
    rows = [card.objects.create(phone=""), card.objects.create(phone="")]
    assert [stored_phone(row) for row in rows] == ["", ""]
    assert card.objects.filter(phone="").count() == 2
    assert [row.phone_index for row in rows] == [None, None]


def test_the_index_finds_what_the_field_refuses_to_search(card):
    row = card.objects.create(phone="13800138000")
    assert card.objects.get(phone_index__in=blind_indexes("13800138000", "phone")) == row
    for lookup in ("phone", "phone__contains", "phone__in"):
        with pytest.raises(FieldError):
            list(card.objects.filter(**{lookup: "13800138000"}))


def test_a_wrong_key_shows_a_placeholder_and_saving_keeps_the_original(card):
    row = card.objects.create(phone="13800138000")
    before, index = stored_phone(row), row.phone_index
    with override_settings(FIELD_KEY=NEW_KEY):
        strange = card.objects.get()
        assert (str(strange.phone), is_readable(strange.phone)) == ("〔密钥不符，无法读取〕", False)
        strange.save()
        assert checks.unreadable_count() == 1
    assert (stored_phone(row), card.objects.get().phone_index) == (before, index)
    assert card.objects.get().phone == "13800138000"


def test_rotation_seals_and_indexes_everything_under_the_new_key(card, settings):
    old_key = settings.FIELD_KEY
    card.objects.create(phone="13800138000")
    settings.FIELD_KEY, settings.FIELD_KEY_FALLBACKS = NEW_KEY, [old_key]
    assert card.objects.filter(phone_index__in=blind_indexes("13800138000", "phone")).count() == 1
    call_command("rotate_field_keys")
    settings.FIELD_KEY_FALLBACKS = []
    row = card.objects.get()
    assert (row.phone, row.phone_index) == ("13800138000", blind_index("13800138000", "phone"))


def test_rotation_without_the_old_key_says_so_and_changes_nothing(card, settings):
    row = card.objects.create(phone="13800138000")
    before = stored_phone(row)
    settings.FIELD_KEY = NEW_KEY
    with pytest.raises(CommandError, match="有 1 行用的密钥不在配置中"):
        call_command("rotate_field_keys")
    assert stored_phone(row) == before
