"""图片和文件: each belongs to the division of whoever put it here."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index


class PortalImage(AbstractImage):
    """图片: the focal point says what must stay in view; alternative texts are written where the picture is used."""

    division = models.ForeignKey(
        "jurisdictions.Division", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("区划"),
    )  # fmt: skip
    credit = models.CharField(
        _("图片来源"), max_length=60, blank=True, help_text=_("谁拍的、谁画的。照片里认得出的人要同意公开。")
    )

    admin_form_fields = (
        "title",
        "file",
        "credit",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        permissions = [("choose_portalimage", "Can choose image")]

    def __str__(self) -> str:
        return str(self.title)


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"


class PortalDocument(AbstractDocument):
    """文件: an attachment, and, when it is listed, an entry of the document library."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("工作计划")
        RULE = "rule", _("制度规则")
        FUNDING = "funding", _("经费保障")
        REPORT = "report", _("报告总结")
        FORM = "form", _("表格模板")
        OTHER = "other", _("其他")

    division = models.ForeignKey(
        "jurisdictions.Division", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("区划"),
    )  # fmt: skip
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.OTHER.value)
    is_listed = models.BooleanField(_("列入文件库"), default=False, help_text=_("不勾选的只作为文章附件。"))
    reference = models.CharField(_("文号"), max_length=40, blank=True, help_text=_("没有就不填，不要自编。"))
    issued_on = models.DateField(_("成文日期"), null=True, blank=True)
    summary = models.CharField(_("内容简介"), max_length=120, blank=True)

    admin_form_fields = (
        "title", "file", "kind", "is_listed", "reference", "issued_on", "summary", "collection", "tags",
    )  # fmt: skip
    search_fields = [*AbstractDocument.search_fields, index.FilterField("is_listed"), index.FilterField("kind")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        permissions = [("choose_portaldocument", "Can choose document")]
        indexes = [models.Index(fields=["is_listed", "-created_at", "-id"], name="document_library")]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """The form judges the file (media_forms); Wagtail would, even where the form of this moment has no file."""

    @property
    def extension(self) -> Any:
        return self.file_extension.upper()
