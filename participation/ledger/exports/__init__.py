"""Tables of the ledger to take along."""

from .sheet import SheetHead, headings, ledger_csv, ledger_xlsx, table
from .statistics import statistics_csv

__all__ = ["SheetHead", "headings", "ledger_csv", "ledger_xlsx", "statistics_csv", "table"]
