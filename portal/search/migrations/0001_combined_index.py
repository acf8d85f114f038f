from django.db import migrations

TABLE = "wagtailsearch_indexentry"
COMBINED = "search_title_and_body_gin"


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # Every search asks for title || body; upstream announces this index and creates it nowhere. A pending list would
        # make the planner shun it until the next vacuum.
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {COMBINED} ON {TABLE} USING gin ((title || body)) WITH (fastupdate = off)"
        )


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {COMBINED}")


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunPython(add_index, remove_index)]
