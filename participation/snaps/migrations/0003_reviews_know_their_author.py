"""Who wrote a text stands beside its review from now on: reviewers see figures, the author may appeal."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_authors(apps, schema_editor):
    owner = apps.get_model("snaps", "SnapReport").objects.filter(review=OuterRef("pk"))
    reviews = apps.get_model("moderation", "Review").objects.filter(kind="snap", author=None)
    reviews.update(author_id=Subquery(owner.values("sender_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("snaps", "0002_positions_and_unit_photos"), ("moderation", "0002_reports_appeals_closures")]
    operations = [migrations.RunPython(name_authors, migrations.RunPython.noop, elidable=True)]
