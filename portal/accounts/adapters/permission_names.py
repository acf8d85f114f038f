"""Permissions carry their names in the database, made by Django in English when it migrates; here they turn Chinese."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Permission
from django.utils.translation import gettext, override

ACTIONS = {"add": "新增", "change": "修改", "delete": "删除", "view": "查看"}


def chinese_name(permission: Permission) -> str:
    action = permission.codename.partition("_")[0]
    model = permission.content_type.model_class()
    if model and action in ACTIONS and permission.codename == f"{action}_{model._meta.model_name}":
        return f"{ACTIONS[action]}{model._meta.verbose_name}"
    if model and permission.codename == f"choose_{model._meta.model_name}":
        return f"选用{model._meta.verbose_name}"
    return gettext(permission.name)


def name_permissions(app_config: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """After each app's migrations, so that a model renamed or added later is named too."""
    create_permissions(app_config, using=using, apps=kwargs.get("apps", apps), verbosity=0)  # may not have run yet
    named = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    changed = []
    with override(settings.LANGUAGE_CODE):  # migrating runs without a language
        for permission in named.select_related("content_type"):
            if (name := chinese_name(permission)[:255]) != permission.name:
                permission.name = name
                changed.append(permission)
    Permission.objects.using(using).bulk_update(changed, ["name"])
