"""Numbers, titles, positions and rectangles."""

import math
import re
from collections.abc import Sequence

PREFIX = "SP"
TEXT_LENGTH = 200
PLACE_LENGTH = 60
TITLE_LENGTH = 25
MAX_PHOTOS = 3
HOTLINE_NUMBER_LENGTH = 40
FEEDBACK_LENGTH = 1000
MAX_BOXES = 8
METRES_PER_DEGREE = 111_320.0
_NUMBER = re.compile(r"^SP-(\d{9})-(\d{4})-(\d{6,})$")
_POSITION = re.compile(r"^(-?\d{1,2}\.\d{1,7}),(-?\d{1,3}\.\d{1,7})$")

Box = tuple[float, float, float, float]


def number_series(division_code: str, year: int) -> str:
    """Numbers run per division and year; a division without a code yet counts under zeros."""
    return f"{PREFIX}-{division_code.ljust(9, '0')[:9]}-{year}"


def format_number(series: str, count: int) -> str:
    return f"{series}-{count:06d}"


def is_number(text: str) -> bool:
    return bool(_NUMBER.match(text))


def title_of(text: str) -> str:
    """The first clause, cut to the length of a title."""
    first = re.split(r"[\n。!?;\uff01\uff1f\uff1b]", text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def position_of(text: str) -> str:
    """Latitude and longitude as the browser tells them; empty for anything else."""
    found = _POSITION.match(text.strip())
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return ""
    return f"{found[1]},{found[2]}"


def cell_of(position: str) -> tuple[int | None, int | None]:
    """The square of a thousandth of a degree (about a hundred metres) that a position lies in."""
    if not position:
        return None, None
    lat, lon = _degrees(position)
    return math.floor(lat * 1000), math.floor(lon * 1000)


def cells_around(position: str, metres: float) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last row of squares, first and last column, that hold everything within `metres`."""
    lat, lon = _degrees(position)
    high = metres / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    return (
        (math.floor((lat - high) * 1000), math.floor((lat + high) * 1000)),
        (math.floor((lon - wide) * 1000), math.floor((lon + wide) * 1000)),
    )


def metres_between(one: str, other: str) -> float:
    """Flat, which is right to the metre over a street."""
    (lat, lon), (other_lat, other_lon) = _degrees(one), _degrees(other)
    east = (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(lat - other_lat, east) * METRES_PER_DEGREE


def _degrees(position: str) -> tuple[float, float]:
    lat, lon = position.split(",")
    return float(lat), float(lon)


def is_box(box: Sequence[float]) -> bool:
    """Left, top, width and height in percent: inside the picture and larger than nothing."""
    left, top, width, height = box
    room = 100 + 1e-9  # 17.9 and 82.1 are a hair more than 100 in floats
    return 0 <= left < 100 and 0 <= top < 100 and 0 < width <= room - left and 0 < height <= room - top


def in_pixels(box: Sequence[float], width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom, rounded outwards: never a row of pixels less than was asked."""
    left, top, wide, high = box
    right, bottom = -(-(left + wide) * width // 100), -(-(top + high) * height // 100)
    return int(left * width // 100), int(top * height // 100), min(int(right), width), min(int(bottom), height)
