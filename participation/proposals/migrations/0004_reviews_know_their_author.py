"""Who wrote a text stands beside its review from now on: reviewers see figures, the author may appeal."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def name_authors(apps, schema_editor):
    owner = apps.get_model("proposals", "Proposal").objects.filter(review=OuterRef("pk"))
    reviews = apps.get_model("moderation", "Review").objects.filter(kind="proposal", author=None)
    reviews.update(author_id=Subquery(owner.values("author_id")[:1]))
    hidden = apps.get_model("moderation", "Review").objects.filter(kind="proposal", state="hidden", confirmed_at=None)
    confirmed = owner.filter(hiding_confirmed_by__isnull=False)
    hidden.filter(pk__in=apps.get_model("proposals", "Proposal").objects.filter(hiding_confirmed_by__isnull=False).values("review")).update(
        confirmed_by_id=Subquery(confirmed.values("hiding_confirmed_by_id")[:1]), confirmed_at=F("decided_at")
    )


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_thread"), ("moderation", "0002_reports_appeals_closures")]
    operations = [migrations.RunPython(name_authors, migrations.RunPython.noop, elidable=True)]
