"""The sixty payloads of R35, and how they come into every text column, past the services that would mask them."""

from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

RUN = "window.hit=1"
HANDLERS = tuple(
    handler.format(run=RUN)
    for handler in (
        "<img src=x onerror={run}>", "<svg onload={run}>", "<body onload={run}>", "<details open ontoggle={run}>x",
        "<video><source onerror={run}>", "<input autofocus onfocus={run}>", "<marquee onstart={run}>x</marquee>",
        "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>", "<a href=javascript:{run}>点我</a>",
        "<object data=javascript:{run}>", "<script>{run}</script>", "<style onload={run}></style>",
    )
)  # fmt: skip
FRAMES = ("{0}", '">{0}', "'>{0}", "</textarea>{0}", "</title></script>{0}")
PAYLOADS = [frame.format(handler) for frame in FRAMES for handler in HANDLERS]
SHORT = "<svg onload=hit=1>"  # fits a nickname

OURS = ("portal.", "participation.", "liaison_stations.", "home.")
# Written by the portal itself, never typed: keys, hashes, names of kinds and states, addresses.
TECHNICAL = {
    "action", "actor", "against", "calendar_key", "capacity", "cell", "channel", "claim", "code", "content",
    "contact_phone", "diverted_to", "event", "file_hash", "filter_spec", "fingerprint", "focal_point_key", "from_state",
    "host_role", "key", "kind", "last_six", "local_id", "password", "path", "phone", "phones", "position", "preset",
    "proof", "result", "salt", "scope", "series", "source_key", "source_kind", "subject_key", "subject_kind",
    "to_state", "token", "trail_id", "url", "username", "verb", "version", "day_rule", "site_code",
}  # fmt: skip


def _is_typed(field: models.Field) -> bool:
    if field.name in TECHNICAL or field.name.endswith(("_hash", "_index")) or field.unique or field.choices:
        return False
    is_text = type(field) in (models.CharField, models.TextField) or type(field).__name__ == "EncryptedTextField"
    return is_text and not field.primary_key


def _fitting(field: models.Field, payloads: list[str]) -> list[str]:
    if field.max_length is None:
        return ["\n".join(payloads)]
    return [each for each in payloads if len(each) <= field.max_length]


def plant(payloads: list[str]) -> dict[str, list[str]]:
    """A payload in every text column of ours, in every row: all of them where there is no limit, else in turn those
    that fit. Answers the columns planted, those that the database guards, and those too short for any."""
    found: dict[str, list[str]] = {"planted": [], "refused": [], "short": []}
    for model in apps.get_models():
        if not model.__module__.startswith(OURS) or model._meta.proxy:
            continue
        names: list[Any] = [field for field in model._meta.local_concrete_fields if _is_typed(field)]
        keys = list(model._base_manager.values_list("pk", flat=True)) if names else []
        for field in names:
            label, texts = f"{model._meta.label}.{field.name}", _fitting(field, payloads)
            if not texts:
                found["short"].append(label)
                continue
            try:
                with transaction.atomic():
                    for place, text in enumerate(texts):
                        model._base_manager.filter(pk__in=keys[place :: len(texts)]).update(**{field.name: text})
            except DatabaseError:
                found["refused"].append(label)
            else:
                found["planted"] += [label] if keys else []
    pages = apps.get_model("wagtailcore.Page")._base_manager.filter(depth__gt=2)
    pages.update(title=payloads[0], draft_title=payloads[0], search_description=payloads[1], seo_title=payloads[2])
    return found
