"""公布合计 of what was published before they were kept."""

from collections import defaultdict

from django.db import migrations

QUESTIONS = ("solved", "attitude", "speed")


def fill(apps, schema_editor):
    Publication = apps.get_model("evaluations.Publication")
    Total = apps.get_model("evaluations.PublishedTotal")
    found = {}
    for row in Publication.objects.order_by("pk").iterator(chunk_size=500):
        on = row.published_on
        named = {
            "kind": row.kind,
            "source": row.source,
            "division_id": row.division_id,
            "unit_id": row.unit_id,
            "year": on.year,
            "quarter": (on.month + 2) // 3,
        }
        key = "|".join(str(value or "") for value in named.values())
        values, sums = found.setdefault(key, (named | {"latest": on}, defaultdict(int)))
        values["latest"] = max(values["latest"], on)
        if not row.shows_counts:
            continue
        sums["publications"] += 1
        for name in ("satisfied", "basically", "dissatisfied"):
            sums[name] += getattr(row, name)
        if row.invited is not None:
            sums["invited"] += row.invited
            sums["answered_of_invited"] += row.answered
        for question, counts in row.stars.items():
            if question in QUESTIONS:
                sums[f"{question}_sum"] += sum(number * count for number, count in enumerate(counts, start=1))
                sums[f"{question}_answered"] += sum(counts)
    Total.objects.bulk_create(
        (Total(key=key, **values, **sums) for key, (values, sums) in found.items()), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0005_published_totals")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
