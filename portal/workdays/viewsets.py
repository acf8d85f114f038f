"""放假安排 in the Wagtail admin."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.tables.rules import RowError
from portal.tables.views import CsvImportView, ImportableViewSet

from .imports import EXAMPLE, import_calendar
from .models import CalendarDay


class CalendarImportView(CsvImportView):
    explanation = _("按国务院办公厅当年放假通知，列出放假的日子和调休上班的周末，其余日子不用写。已有的日期会被更新。")
    example = EXAMPLE

    def import_csv(self, data: bytes) -> tuple[str, Sequence[RowError]]:
        return import_calendar(data)


class CalendarDayViewSet(ImportableViewSet):
    model = CalendarDay
    import_view_class = CalendarImportView
    name = "calendar_days"
    url_prefix = "workdays/days"
    menu_label = _("放假安排")
    menu_name = "workdays"
    icon = "date"
    menu_order = 910
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["date", "is_workday", "name", "source_paper"]
    list_filter = ["is_workday"]
    search_fields = ["name", "source_paper"]
    search_backend_name = None
    ordering = ["-date"]
    form_fields = ["date", "is_workday", "name", "source_paper"]
