from django.test import override_settings
from django.utils import timezone

from portal.outbox.registry import contact_of
from portal.outbox.rules import Contact


def make(django_user_model, **columns):
    user = django_user_model(username="resident", **columns)
    user.set_unusable_password()
    user.save()
    return django_user_model.objects.get(pk=user.pk)


def test_only_a_verified_mobile_is_an_address(db, django_user_model):
    user = make(django_user_model, phone="13800138000", real_name="张三")
    assert contact_of(user) == Contact(in_person=True, name="张三", telephone="13800138000")
    user.phone_verified_at = timezone.now()
    assert contact_of(user) == Contact(mobile="13800138000", name="张三", telephone="13800138000")


def test_an_elder_without_mobile_and_mail_is_told_in_person(db, django_user_model):
    user = make(django_user_model, contact_phone="0731-58000000", address="东风社区3栋")
    assert contact_of(user) == Contact(in_person=True, telephone="0731-58000000", place="东风社区3栋")


def test_who_can_log_in_reads_on_the_site(db, django_user_model):
    user = make(django_user_model)
    user.set_password("x" * 12)
    assert contact_of(user) == Contact()


def test_a_value_without_its_key_is_never_used_as_an_address(db, django_user_model):
    make(django_user_model, phone="13800138000", phone_verified_at=timezone.now())
    with override_settings(FIELD_KEY="another-field-key-that-is-also-long-enough-0123456789"):
        assert contact_of(django_user_model.objects.get()) == Contact(in_person=True)
