"""Run in the served portal: a payload of PAYLOADS (JSON) in every text column of ours, in every row.

A text without a limit gets all of them, a limited one those that fit, in turn. Answers the columns that were planted
and those that the database refused to change (`refused`: guarded by triggers and constraints, `served`: still read).
"""

import json
import os

from django.apps import apps
from django.db import DatabaseError, models, transaction

from portal.trail.services import record

payloads: list[str] = json.loads(os.environ["PAYLOADS"])
OURS = ("portal.", "participation.", "liaison_stations.", "home.")
# Written by the portal itself, never typed: keys, hashes, names of kinds and states, addresses.
TECHNICAL = {
    "action", "actor", "against", "calendar_key", "capacity", "cell", "channel", "claim", "code", "content",
    "contact_phone", "diverted_to", "event", "file_hash", "filter_spec", "fingerprint", "focal_point_key", "from_state",
    "host_role", "key", "kind", "last_six", "local_id", "password", "path", "phone", "phones", "position", "preset",
    "proof", "result", "salt", "scope", "series", "source_key", "source_kind", "subject_key", "subject_kind",
    "to_state", "token", "trail_id", "url", "username", "verb", "version", "day_rule", "site_code",
}  # fmt: skip


def is_typed(field: models.Field) -> bool:
    if field.name in TECHNICAL or field.name.endswith(("_hash", "_index")) or field.unique or field.choices:
        return False
    is_text = type(field) in (models.CharField, models.TextField) or type(field).__name__ == "EncryptedTextField"
    return is_text and not field.primary_key


def fitting(field: models.Field) -> list[str]:
    if field.max_length is None:
        return ["\n".join(payloads)]
    return [each for each in payloads if len(each) <= field.max_length]


planted, refused, short = [], [], []
for model in apps.get_models():
    if not model.__module__.startswith(OURS) or model._meta.proxy:
        continue
    names = [field for field in model._meta.local_concrete_fields if is_typed(field)]
    keys = list(model._base_manager.values_list("pk", flat=True)) if names else []
    for field in names:
        label = f"{model._meta.label}.{field.name}"
        texts = fitting(field)
        if not texts:
            short.append(label)
            continue
        try:
            with transaction.atomic():
                for place, text in enumerate(texts):
                    model._base_manager.filter(pk__in=keys[place :: len(texts)]).update(**{field.name: text})
        except DatabaseError:
            refused.append(label)
        else:
            planted += [label] if keys else []
pages = apps.get_model("wagtailcore.Page")._base_manager.filter(depth__gt=2)
pages.update(title=payloads[0], draft_title=payloads[0], search_description=payloads[1], seo_title=payloads[2])
record(
    subject_kind="site", subject_key="site", verb="export", actor=None, capacity="system", reason="\n".join(payloads)
)  # fmt: skip
answer = {"planted": planted, "refused": refused, "short": short}
