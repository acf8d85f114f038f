"""共建联系点: the three kinds that share stations; more may be added."""

from django.db import migrations

NAMES = ("党建联系点", "基层立法联系点", "预算审查监督基层联系点")


def plant(apps, schema_editor):
    Kind = apps.get_model("stations.ContactPointKind")
    Kind.objects.bulk_create([Kind(name=name) for name in NAMES], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("stations", "0001_initial")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
