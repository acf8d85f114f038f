from django.db import migrations
from django.db.models import Count
from django.db.models.functions import TruncDate

from participation.evaluations.adapters.triggers import install_in_migration, remove_in_migration


def say_who_answered(apps, schema_editor):
    """Rounds from before knew their raters by their answers only."""
    Rater = apps.get_model("evaluations", "Rater")
    Round = apps.get_model("evaluations", "Round")
    answered = Rater.objects.filter(answer__isnull=False, answered_on=None).annotate(on=TruncDate("answer__answered_at"))
    for rater in answered.iterator():
        Rater.objects.filter(pk=rater.pk).update(answered_on=rater.on, channel="web")
    for row in Round.objects.filter(roll_size=None).annotate(size=Count("raters")).iterator():
        Round.objects.filter(pk=row.pk).update(roll_size=row.size)
    Round.objects.filter(raters__answered_on__isnull=False).update(is_frozen=True)


class Migration(migrations.Migration):
    """What the database itself refuses; and the secret answers lose the order in which they came."""

    dependencies = [("evaluations", "0002_instrument")]

    operations = [
        migrations.RunPython(say_who_answered, migrations.RunPython.noop),
        migrations.RunPython(install_in_migration, remove_in_migration),
    ]
