"""What import-linter cannot see: foreign keys are strings. A model refers only to floors below its own."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
OUR_PACKAGES = ("home", "portal.", "participation.", "liaison_stations.")


def contracts() -> list[dict[str, object]]:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found: list[dict[str, object]] = configuration["tool"]["importlinter"]["contracts"]
    return found


def floors() -> dict[str, int]:
    """Feature → height, from the import contract: 0 is the top."""
    layers: list[str] = contracts()[0]["layers"]  # type: ignore[assignment]
    heights = {}
    for height, layer in enumerate(layers):
        for name in layer.replace("|", ":").split(":"):
            heights[name.strip().strip("()")] = height
    return heights


def our_apps() -> list[str]:
    return [config.name for config in apps.get_app_configs() if config.name.startswith(OUR_PACKAGES)]


def test_every_app_stands_on_a_floor_and_its_rooms_are_checked() -> None:
    rooms: list[str] = contracts()[1]["containers"]  # type: ignore[assignment]
    assert sorted(set(our_apps()) - set(floors())) == []
    assert sorted(set(our_apps()) - set(rooms)) == []


def test_no_relation_points_to_a_higher_floor_or_to_a_stranger() -> None:
    heights = floors()
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        home = apps.get_app_config(model._meta.app_label).name
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField) or home not in heights:
                continue
            target = field.remote_field.model
            if target._meta.label == settings.AUTH_USER_MODEL:
                continue
            other = apps.get_app_config(target._meta.app_label).name
            if other in heights and other != home and heights[other] <= heights[home]:
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


def test_library_models_do_not_point_at_ours_except_at_the_user() -> None:
    ours = set(our_apps())
    wrong = []
    for model in apps.get_models():
        if apps.get_app_config(model._meta.app_label).name in ours:
            continue
        for field in model._meta.get_fields():
            if (
                isinstance(field, models.ForeignKey)
                and field.remote_field.model._meta.label != settings.AUTH_USER_MODEL
            ):
                target = field.remote_field.model._meta.app_label
                if apps.get_app_config(target).name in ours:
                    wrong.append(f"{model._meta.label}.{field.name}")
    assert wrong == []
