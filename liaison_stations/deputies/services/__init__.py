"""Entering deputies: one at a time, or a whole workbook, all of it or nothing."""

from .importing import DeputyRow, Imported, enter_in_index, import_deputies
from .keeping import let_go_of_account, save_deputy, save_district

__all__ = [
    "DeputyRow",
    "Imported",
    "enter_in_index",
    "import_deputies",
    "let_go_of_account",
    "save_deputy",
    "save_district",
]
