"""Pictures in use whose sizes are not all made."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from ..models import NewsPage, PortalImage
from ..rules.pictures import IN_BODY, LEAD


def pictures_to_make() -> Iterator[tuple[PortalImage, tuple[str, ...]]]:
    """With the sizes that its place asks for; two queries. Drafts count, so that they are ready when they go out."""
    lead = NewsPage.objects.filter(lead_image__isnull=False).values("lead_image")
    kinds = ContentType.objects.get_for_models(Page, PortalImage, for_concrete_models=False)
    uses = ReferenceIndex.objects.filter(
        base_content_type=kinds[Page], to_content_type=kinds[PortalImage], model_path__startswith="body."
    )
    in_body = uses.values(key=Cast("to_object_id", BigIntegerField()))
    for keys, sizes in ((lead, LEAD), (in_body, IN_BODY)):
        for image in _lacking(PortalImage.objects.filter(pk__in=keys), sizes):
            yield image, sizes


def _lacking(images: QuerySet[PortalImage], sizes: tuple[str, ...]) -> QuerySet[PortalImage]:
    made = Count("renditions", filter=Q(renditions__filter_spec__in=sizes))
    return images.annotate(made=made).filter(made__lt=len(sizes)).order_by("-pk")
