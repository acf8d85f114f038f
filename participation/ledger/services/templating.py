"""答复模板: kept by a committee for its division, by a unit for itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division

from ..models import ReplyTemplate
from ..permissions import user_can_keep_template
from ..rules.merging import problems_of
from .handling import required_text


@transaction.atomic
def save_template(
    *,
    by: Any,
    division: Division,
    unit: HandlingUnit | None,
    name: str,
    text: str,
    is_active: bool = True,
    template: ReplyTemplate | None = None,
) -> ReplyTemplate:
    """A new one, or `template` with new words. An unknown merge field is refused here, not when somebody uses it."""
    if template is not None and not user_can_keep_template(by, template.division, template.unit):
        raise PermissionDenied
    if not user_can_keep_template(by, division, unit):
        raise PermissionDenied
    if not name.strip():
        raise Refused(_("请填写名称。"))
    if problems := problems_of(required_text(text, _("请填写模板内容。"))):
        raise Refused("".join(problems))
    row = template or ReplyTemplate()
    row.division, row.unit, row.name, row.text = division, unit, name.strip()[:60], text.strip()
    row.is_active, row.changed_by = is_active, by
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(_("已有同名的模板。")) from None
    return row
