"""内容检查 in the page editor: what would be refused or should be looked at, by field, before it is submitted."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from .content import findings_of


class ContentCheckPanel(Panel):
    """Reads the draft as it was saved last; Wagtail saves drafts while one types, so a reload shows the newest."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("内容检查"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/content_check_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            found = findings_of(self.instance)
            context["blocking"] = [each for each in found if each.blocks]
            context["warning"] = [each for each in found if not each.blocks]
            return context
