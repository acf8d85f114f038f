"""Numbers of the ledger."""

PREFIX = "TZ"


def reference_series(division_code: str, year: int) -> str:
    """Numbers run per division and year; a division without a code yet counts under zeros."""
    return f"{PREFIX}-{division_code.ljust(9, '0')[:9]}-{year}"


def format_reference(series: str, count: int) -> str:
    return f"{series}-{count:06d}"
