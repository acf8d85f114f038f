"""词表 in the Wagtail admin."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.tables.rules import RowError
from portal.tables.views import CsvImportView, ImportableViewSet

from .imports import EXAMPLE, import_words
from .models import WordEntry


class WordImportView(CsvImportView):
    explanation = _("一行一个词；级别写拦截、送审或提示，不写为送审。已有的词会被更新。")
    example = EXAMPLE

    def import_csv(self, data: bytes) -> tuple[str, Sequence[RowError]]:
        return import_words(data)


class WordEntryViewSet(ImportableViewSet):
    model = WordEntry
    import_view_class = WordImportView
    name = "words"
    url_prefix = "wording/words"
    menu_label = _("词表")
    menu_name = "wording"
    icon = "list-ul"
    menu_order = 920
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["word", "level", "kind", "is_active", "updated_at"]
    list_filter = ["level", "kind", "is_active"]
    search_fields = ["word", "note"]
    search_backend_name = None
    ordering = ["word"]
    form_fields = ["word", "level", "kind", "note", "is_active"]
