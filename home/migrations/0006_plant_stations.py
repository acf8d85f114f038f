"""联络站: the directory every such site has, so that a clerk can begin at once; empty it is not in the navigation."""

from django.db import migrations
from django.utils import timezone


def plant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    Page = apps.get_model("wagtailcore.Page")
    Directory = apps.get_model("stations.StationIndexPage")
    home = Page.objects.filter(sites_rooted_here__isnull=False, depth=2).order_by("path").first()
    if home is None or Directory.objects.exists():
        return
    last = Page.objects.filter(path__startswith=home.path, depth=3).order_by("-path").values_list("path", flat=True).first()
    if last is not None and last[-4:] != f"{home.numchild:04d}":
        return  # the tree was rearranged: an editor adds the page
    kind, _created = ContentType.objects.get_or_create(app_label="stations", model="stationindexpage")
    now = timezone.now()
    Directory.objects.create(
        title="联络站",
        draft_title="联络站",
        slug="stations",
        introduction="人大代表在这里听取群众意见，欢迎您来。",
        content_type=kind,
        path=f"{home.path}{home.numchild + 1:04d}",
        depth=3,
        url_path=f"{home.url_path}stations/",
        locale_id=home.locale_id,
        first_published_at=now,
        last_published_at=now,
    )
    home.numchild += 1
    home.save(update_fields=["numchild"])


class Migration(migrations.Migration):
    dependencies = [("home", "0005_plant_columns"), ("stations", "0002_contact_points")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
