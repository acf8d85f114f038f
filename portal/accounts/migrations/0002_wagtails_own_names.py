"""Wagtail plants a root, two groups and a workflow under English names. The root gets a Chinese one; the groups and the
workflow are removed where nobody has used them: posts give rights here, and the terms choose the levels of the review."""

from django.db import migrations


def rename(apps, schema_editor):
    apps.get_model("wagtailcore.Page").objects.filter(depth=1, title="Root").update(title="根", draft_title="根")
    apps.get_model("wagtailcore.Collection").objects.filter(depth=1, name="Root").update(name="全部")
    Workflow = apps.get_model("wagtailcore.Workflow")
    WorkflowState = apps.get_model("wagtailcore.WorkflowState")
    Task = apps.get_model("wagtailcore.Task")
    name = "Moderators approval"
    if not WorkflowState.objects.filter(workflow__name=name).exists():
        Workflow.objects.filter(name=name).delete()
        Task.objects.filter(name=name, workflow_tasks__isnull=True).delete()
    apps.get_model("auth.Group").objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
