"""动态 and the four columns every such site has, so that an editor can begin at once; empty ones stay out of sight."""

from django.db import migrations
from django.utils import timezone

COLUMNS = [
    ("议事动态", "activity", "news", "议事会开会、调研、协商的消息。"),
    ("公示公告", "notices", "notice", "名单公示、会议公告和征集通知。"),
    ("政策法规", "policies", "policy", "议事工作依据的法律法规和文件。"),
    ("履职风采", "duty", "news", "人大代表和议事代表怎样履职。"),
]


def plant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    Page = apps.get_model("wagtailcore.Page")
    Column = apps.get_model("home.NewsIndexPage")
    home = Page.objects.filter(sites_rooted_here__isnull=False, depth=2).order_by("path").first()
    if home is None or home.numchild:
        return
    kind, _created = ContentType.objects.get_or_create(app_label="home", model="newsindexpage")
    now = timezone.now()

    def add(title, slug, column_kind, introduction, path, url_path, children):
        Column.objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            kind=column_kind,
            introduction=introduction,
            content_type=kind,
            path=path,
            depth=len(path) // 4,
            numchild=children,
            url_path=url_path,
            locale_id=home.locale_id,
            first_published_at=now,
            last_published_at=now,
        )

    news, url = f"{home.path}0001", f"{home.url_path}news/"
    add("动态", "news", "news", "", news, url, len(COLUMNS))
    for number, (title, slug, column_kind, introduction) in enumerate(COLUMNS, 1):
        add(title, slug, column_kind, introduction, f"{news}{number:04d}", f"{url}{slug}/", 0)
    home.numchild = 1
    home.save(update_fields=["numchild"])


class Migration(migrations.Migration):
    dependencies = [("home", "0004_plant_review_levels")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
