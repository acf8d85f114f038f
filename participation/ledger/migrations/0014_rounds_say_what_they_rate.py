"""Rounds from before knew neither what they rate nor whose work it is: filled from their replies."""

from django.db import migrations

from participation.evaluations.adapters.triggers import install_in_migration, remove_in_migration


def say_what_is_rated(apps, schema_editor):
    """The triggers guard a frozen round's unit and title; they are lifted for this one step."""
    ReplyRound = apps.get_model("ledger", "ReplyRound")
    Round = apps.get_model("evaluations", "Round")
    remove_in_migration(apps, schema_editor)
    rows = ReplyRound.objects.filter(round__subject_key="").select_related("reply__item")
    for each in rows.iterator():
        item = each.reply.item
        Round.objects.filter(pk=each.round_id).update(
            division=item.division_id,
            unit=each.reply.unit_id,
            title="保密件" if item.is_confidential else item.title,
            subject_kind="ledger_item",
            subject_key=item.reference,
        )
    if schema_editor.connection.vendor == "postgresql":
        # a table with foreign keys still to be checked takes no trigger
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    install_in_migration(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0013_rounds_by_source")]

    operations = [migrations.RunPython(say_what_is_rated, migrations.RunPython.noop)]
