"""关闭评论: by a director, for one thread, a division or the whole site (decisions.md 26)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division


class CommentClosure(models.Model):
    """From `starts_at` until it is lifted. Without a division the whole site; with a subject only that one."""

    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("区划")
    )
    subject_kind = models.CharField(_("对象类型"), max_length=40, blank=True)
    subject_key = models.CharField(_("对象编号"), max_length=80, blank=True)
    notice = models.CharField(_("公告"), max_length=200)
    starts_at = models.DateTimeField(_("开始时间"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("关闭人"))
    lifted_at = models.DateTimeField(_("恢复时间"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("恢复人")
    )

    class Meta:
        verbose_name = _("关闭评论")
        verbose_name_plural = _("关闭评论")
        constraints = [
            models.UniqueConstraint(
                fields=["division", "subject_kind", "subject_key"],
                condition=Q(lifted_at__isnull=True, division__isnull=False),
                name="closure_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_key"],
                condition=Q(lifted_at__isnull=True, division__isnull=True),
                name="closure_of_the_site_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_id or ''} {self.subject_kind} {self.subject_key}"

    @property
    def is_for_one_subject(self) -> bool:
        return bool(self.subject_kind)
