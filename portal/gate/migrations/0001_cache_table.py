"""The limits live in the default cache; where that is the database, its table must exist before the first visitor."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    # does nothing when the table exists or the cache is elsewhere
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
