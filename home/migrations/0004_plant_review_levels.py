"""The three levels of the review and the workflows of one, two and three of them; the terms choose which one holds."""

from django.db import migrations

LEVELS = {1: "一审（审核员）", 2: "二审（工委工作人员）", 3: "三审（工委主任）"}
WORKFLOWS = {1: "一审后发布", 2: "二审后发布", 3: "三审后发布"}


def plant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    ReviewTask = apps.get_model("home.ReviewTask")
    Workflow = apps.get_model("wagtailcore.Workflow")
    WorkflowTask = apps.get_model("wagtailcore.WorkflowTask")
    kind, _created = ContentType.objects.get_or_create(app_label="home", model="reviewtask")
    tasks = {}
    for level, name in LEVELS.items():
        tasks[level], _created = ReviewTask.objects.get_or_create(
            level=level, defaults={"name": name, "content_type": kind}
        )
    for levels, name in WORKFLOWS.items():
        workflow, is_new = Workflow.objects.get_or_create(name=name)
        if is_new:
            for level in range(1, levels + 1):
                WorkflowTask.objects.create(workflow=workflow, task_id=tasks[level].pk, sort_order=level)


class Migration(migrations.Migration):
    dependencies = [("home", "0003_pages"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
