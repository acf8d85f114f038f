"""公开记录: the append-only record of every transition, and the chain it is sealed into.

UPDATE, DELETE, REPLACE and TRUNCATE are refused by triggers on all three tables (adapters/triggers.py).
"""

import datetime
import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .querysets import EntryQuerySet


def new_salt() -> str:
    return secrets.token_hex(16)


class Entry(models.Model):
    """记录条目: one thing that happened. Subject and actor are text: the record outlives what it speaks of."""

    at = models.DateTimeField(_("时间"))
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_key = models.CharField(_("对象编号"), max_length=80)
    verb = models.CharField(_("动作"), max_length=40)
    from_state = models.CharField(_("原状态"), max_length=40, blank=True)
    to_state = models.CharField(_("新状态"), max_length=40, blank=True)
    actor = models.CharField(_("操作人"), max_length=64)
    capacity = models.CharField(_("身份"), max_length=40, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    detail = models.JSONField(_("详情"), default=dict, blank=True)
    # Hashes are public: without a salt anyone could test a guess of who wrote which reason.
    salt = models.CharField(_("盐"), max_length=32, default=new_salt, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("记录条目")
        verbose_name_plural = _("记录条目")
        indexes = [models.Index(fields=["subject_kind", "subject_key", "id"])]
        permissions = [("export_entry", _("导出完整记录"))]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_key} {self.verb}"

    @property
    def sealed_fields(self) -> dict[str, Any]:
        """Every field, as JSON values: what is hashed and exported."""
        return {
            "id": self.pk,
            "at": self.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
            "subject_kind": self.subject_kind,
            "subject_key": self.subject_key,
            "verb": self.verb,
            "from_state": self.from_state,
            "to_state": self.to_state,
            "actor": self.actor,
            "capacity": self.capacity,
            "reason": self.reason,
            "detail": self.detail,
            "salt": self.salt,
        }


class Seal(models.Model):
    """封存: the place of one entry in the hash chain. Positions run from 1 without a gap."""

    position = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, verbose_name=_("记录条目"), related_name="seal")
    entry_hash = models.CharField(_("条目摘要"), max_length=64)
    chain_hash = models.CharField(_("链摘要"), max_length=64)

    class Meta:
        verbose_name = _("封存")
        verbose_name_plural = _("封存")

    def __str__(self) -> str:
        return f"{self.position}:{self.chain_hash}"


class Head(models.Model):
    """链头: what is published after a batch. Whoever noted `count:hash` can later prove a change before it."""

    count = models.PositiveBigIntegerField(_("条数"), primary_key=True)
    chain_hash = models.CharField(_("链摘要"), max_length=64)
    published_at = models.DateTimeField(_("公布时间"))
    # The greatest entry id sealed so far; sealing starts to look for stragglers a day behind it.
    top_entry_id = models.PositiveBigIntegerField(_("最大条目号"))

    class Meta:
        verbose_name = _("链头")
        verbose_name_plural = _("链头")
        indexes = [models.Index(fields=["published_at"])]

    def __str__(self) -> str:
        return f"{self.count}:{self.chain_hash}"
