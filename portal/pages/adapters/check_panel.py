"""内容检查 in the page editor: why it was returned, and what would be refused or should be looked at, by field."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.models import TaskState

from .content import findings_of


class ContentCheckPanel(Panel):
    """Reads the draft as it was saved last; Wagtail saves drafts while one types, so a reload shows the newest."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("内容检查"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/content_check_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            found = findings_of(self.instance)
            context["blocking"] = [each for each in found if each.blocks]
            context["returned"] = self.returned()
            context["warning"] = [each for each in found if not each.blocks]
            return context

        def returned(self) -> TaskState | None:
            """The decision after which the page waits to be mended; else its words stand two clicks away."""
            state = self.instance.current_workflow_state
            task_state = state.current_task_state if state else None
            is_returned = task_state is not None and task_state.status == TaskState.STATUS_REJECTED
            return task_state if is_returned else None
