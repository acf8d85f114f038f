"""Numbers of reception records."""

PREFIX = "JD"
SAID_LENGTH, ANSWER_LENGTH, TITLE_LENGTH, PLACE_LENGTH, NAME_LENGTH = 2000, 500, 100, 60, 40
SHORTEST_SAID = 4
MOST_PEOPLE, MOST_ROWS = 500, 50


def record_series(division_code: str, year: int) -> str:
    """Numbers run per division and year of the entry; a division without a code yet counts under zeros."""
    return f"{PREFIX}-{division_code.ljust(9, '0')[:9]}-{year}"


def format_number(series: str, count: int) -> str:
    return f"{series}-{count:06d}"
