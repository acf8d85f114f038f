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
        # Not read here: the libraries first, while few models are related to a user. Each later field of theirs
        # would make Django build all of ours anew (a third of the time of migrating an empty database).
        ("captcha", "0002_alter_captchastore_id"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("usersessions", "0001_initial"),
        ("wagtailembeds", "0009_embed_cache_until"),
        ("wagtailforms", "0005_alter_formsubmission_form_data"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
