"""The form of the page editor: only divisions of the own posts, and checks of the content before it leaves the desk."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

OVERTAKEN = gettext_lazy(
    "您打开之后，别人保存了新的版本。您写的内容还在下面，没有保存：请先在“历史”里看别人改了什么；再保存一次，就以您的为准。"
)
LEVELS = ("city", "county", "subdistrict", "township")


def divisions_for(user: Any, page: Any) -> tuple[Any, list[Any]]:
    """Those a page may be put in, with the one it is in, and those that the user's own posts name."""
    from portal.accounts.permissions import roles_granted
    from portal.accounts.selectors import divisions_of
    from portal.jurisdictions.models import Division

    rows = Division.objects.filter(level__in=LEVELS).select_related("parent").order_by("path")
    if user is None or user.is_superuser:
        return rows, []
    own = list(divisions_of(user, *roles_granted(page.right_to("add"))))
    scope = Division.objects.none()
    for division in own:
        scope |= rows.within(division)
    if page.division_id:
        scope |= rows.filter(pk=page.division_id)
    return scope, own


class PortalPageForm(WagtailAdminPageForm):
    is_draft = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "division" in self.fields:
            self._narrow_divisions()
        if "editor" in self.fields and not self.instance.pk and self.for_user is not None:
            self.initial["editor"] = self.for_user.real_name

    def _narrow_divisions(self) -> None:
        """A new page starts in the first of the own divisions; a reviewer of another scope keeps what is there."""
        field = self.fields["division"]
        field.queryset, own = divisions_for(self.for_user, self.instance)
        if self.for_user is None or self.for_user.is_superuser:
            return
        field.required = bool(own) and not (self.instance.pk and self.instance.division_id is None)
        if not self.instance.pk and own:
            self.initial["division"] = field.initial = own[0].pk

    def clean_slug(self) -> str:
        """The address is made from the title: two articles of one title are two addresses, until one was public."""
        slug: str = self.cleaned_data["slug"]
        if not slug or self.parent_page is None or self.instance.first_published_at is not None:
            return slug
        siblings = self.parent_page.get_children()
        if self.instance.pk:
            siblings = siblings.not_page(self.instance)
        taken = set(siblings.filter(slug__startswith=slug[:200]).values_list("slug", flat=True))
        free = (f"{slug[:200]}-{number}" for number in count(2))
        return slug if slug not in taken else next(candidate for candidate in free if candidate not in taken)

    def defer_required_fields(self) -> None:
        """Wagtail calls this for a draft: drafts are saved as they are, and the panel shows what to mend."""
        super().defer_required_fields()
        self.is_draft = True

    def restore_required_fields(self) -> None:
        super().restore_required_fields()
        self.is_draft = False

    def _post_clean(self) -> None:
        self.instance._parent_depth = self.parent_page.depth if self.parent_page else None
        super()._post_clean()

    def is_valid(self) -> bool:
        """Checked last, on the instance as it would be kept: what blocks stands as an error at its field."""
        valid = super().is_valid()
        if self._is_overtaken():
            self.add_error(None, OVERTAKEN)
            return False
        if valid and not self.is_draft:
            self._refuse_what_blocks()
            return not self.errors
        return bool(valid)

    def _is_overtaken(self) -> bool:
        """Whether somebody else kept another version since this form was loaded; once told, the next press counts.

        Wagtail looks only where its own script saves. Without these fields nothing is known, and nothing refused.
        """
        known = {self.data.get(name) for name in ("loaded_revision_id", "overwrite_revision_id")} - {None, ""}
        newest = self.instance.latest_revision if self.instance.pk else None
        if not known or newest is None or self.for_user is None or newest.user_id in (None, self.for_user.pk):
            return False
        if str(newest.pk) not in known:
            return True
        loaded_at = self.data.get("loaded_revision_created_at", "")
        is_own_save = self.data.get("overwrite_revision_id") == str(newest.pk)
        return bool(loaded_at) and not is_own_save and loaded_at != newest.created_at.isoformat()

    def _refuse_what_blocks(self) -> None:
        from .content import findings_of

        in_blocks: dict[str, dict[int, list[str]]] = {}
        for finding in findings_of(self.instance):
            if not finding.blocks:
                continue
            if finding.block_index is not None:
                in_blocks.setdefault(finding.field, {}).setdefault(finding.block_index, []).append(finding.message)
            else:
                self.add_error(finding.field if finding.field in self.fields else None, finding.message)
        for field, found in in_blocks.items():
            errors = {index: ValidationError(messages) for index, messages in found.items()}
            self.errors.setdefault(field, self.error_class())
            self._errors[field] = self.error_class(
                [StreamBlockValidationError(block_errors=errors), ValidationError(_("正文里有需要修改的内容。"))]
            )
