from django.db import migrations

# code, name, stands for, state organ: 两官一长一员 is not confirmed (domain.md 1.4 d), so is none of these
ROLES = (
    ("judge", "法官", "judge", False),
    ("procurator", "检察官", "procurator", False),
    ("police_chief", "派出所所长", "chief", False),
    ("judicial_office_head", "司法所所长", "chief", False),
    ("police_officer", "民警", "", False),
    ("mediator", "人民调解员", "member", False),
    ("judicial_assistant", "司法助理员", "member", False),
    ("lawyer", "律师", "member", False),
    ("state_organ", "国家机关工作人员", "state_organ", True),
)


def fill(apps, schema_editor):
    rows = apps.get_model("receptions", "GuestRole").objects
    for order, (code, name, stands_for, is_state_organ) in enumerate(ROLES):
        rows.update_or_create(
            code=code,
            defaults={"name": name, "stands_for": stands_for, "is_state_organ": is_state_organ, "order": order},
        )


class Migration(migrations.Migration):
    dependencies = [("receptions", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
