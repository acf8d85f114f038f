"""Where each known item went: to its unit, or to 12345."""

from django.db import migrations


def say_where(apps, schema_editor):
    items = apps.get_model("ledger", "LedgerItem").objects
    items.filter(unit__isnull=False).update(routing="unit")
    items.filter(state="hotline").update(routing="hotline", unit=None, owner_name="")


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0007_deputy_suggestion'),
    ]

    operations = [migrations.RunPython(say_where, migrations.RunPython.noop)]
