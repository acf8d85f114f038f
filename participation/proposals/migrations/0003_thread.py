"""Every published proposal has its thread; imports and confidential ones have none."""

import django.db.models.deletion
from django.db import migrations, models

OPEN = ("published", "screening", "adopted")
BATCH = 500


def open_threads(apps, schema_editor):
    Proposal = apps.get_model("proposals", "Proposal")
    Thread = apps.get_model("discussion", "Thread")
    rows = Proposal.objects.filter(
        published_at__isnull=False, hidden_at__isnull=True, is_confidential=False, source="", state__in=OPEN, thread=None
    ).exclude(title="")
    while batch := list(rows.order_by("pk")[:BATCH]):
        for proposal in batch:
            proposal.thread = Thread.objects.create(
                subject_kind="proposal", subject_key=proposal.number, division_id=proposal.division_id
            )
        Proposal.objects.bulk_update(batch, ["thread"])


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0001_initial'),
        ('proposals', '0002_ledger_item'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='thread',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='discussion.thread', verbose_name='讨论'),
        ),
        migrations.RunPython(open_threads, migrations.RunPython.noop, elidable=True),
    ]
