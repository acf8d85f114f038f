from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from .viewsets import WordEntryViewSet


@hooks.register("register_admin_viewset")
def register_words() -> WordEntryViewSet:
    return WordEntryViewSet()


@hooks.register("register_permissions")
def word_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="wording")
