"""Letters are tied to the assignments they carry, and their scans may be public; photos belong to replies too."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import participation.ledger.models.scans

CARRYING = ["opinion", "assignment", "referral"]


def tie_letters(apps, schema_editor):
    """The lead assignment of the letter's unit that was there when the letter was drafted."""
    Assignment = apps.get_model("ledger", "Assignment")
    LetterItem = apps.get_model("ledger", "LetterItem")
    lines = LetterItem.objects.filter(letter__kind__in=CARRYING, assignment=None).select_related("letter")
    for line in lines.iterator():
        rows = Assignment.objects.filter(item=line.item_id, unit=line.letter.unit_id, is_lead=True)
        found = rows.filter(assigned_on__lte=line.letter.drafted_at.date()).order_by("pk").last() or rows.last()
        if found is not None:
            line.assignment = found
            line.save(update_fields=["assignment"])


def drop_photos_of_replies(apps, schema_editor):
    """Backwards there is no place for them."""
    apps.get_model("ledger", "HandlingPhoto").objects.filter(progress=None).delete()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_progress_photo")]

    operations = [
        migrations.AddField(
            "letter", "is_scan_public", models.BooleanField(default=False, verbose_name="公开扫描件")
        ),
        migrations.AddField(
            "letter",
            "receipt",
            models.FileField(
                blank=True,
                storage=participation.ledger.models.scans.private_storage,
                upload_to="letters/%Y/%m",
                verbose_name="签收回执扫描件",
            ),
        ),
        migrations.AddField(
            "letteritem",
            "assignment",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letter_lines",
                to="ledger.assignment",
                verbose_name="交办",
            ),
        ),
        migrations.RunPython(tie_letters, migrations.RunPython.noop),
        migrations.RemoveConstraint("progressphoto", "progress_photo_has_words"),
        migrations.RenameModel("ProgressPhoto", "HandlingPhoto"),
        migrations.AlterField(
            "handlingphoto",
            "progress",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="ledger.progress",
                verbose_name="办理进展",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_photos_of_replies),
        migrations.AddField(
            "handlingphoto",
            "reply",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="ledger.reply",
                verbose_name="答复",
            ),
        ),
        migrations.AddField(
            "handlingphoto",
            "moment",
            models.CharField(
                blank=True,
                choices=[("before", "办理前"), ("after", "办理后")],
                max_length=6,
                verbose_name="办理前后",
            ),
        ),
        migrations.AddConstraint(
            "handlingphoto", models.CheckConstraint(condition=~Q(alt=""), name="handling_photo_has_words")
        ),
        migrations.AddConstraint(
            "handlingphoto",
            models.CheckConstraint(
                condition=Q(progress__isnull=False, reply__isnull=True, moment="")
                | (Q(progress__isnull=True, reply__isnull=False) & ~Q(moment="")),
                name="handling_photo_of_one_text",
            ),
        ),
    ]
