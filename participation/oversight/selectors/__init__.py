"""Reads of appraisals: how one goes its way, its pages, and its result."""

from .process import archive_obstacles, next_step, publicity_of, publish_obstacles, steps_of
from .reading import (
    Result,
    appraisals_to_rate,
    members_of,
    members_who_rate,
    own_panel,
    place_in_round,
    posts_in_unit,
    published_result,
    result_for_staff,
    units_appraised,
    years_appraised,
)

__all__ = [
    "Result", "appraisals_to_rate", "archive_obstacles", "members_of", "members_who_rate", "next_step", "own_panel",
    "place_in_round", "posts_in_unit", "publicity_of", "publish_obstacles", "published_result", "result_for_staff",
    "steps_of", "units_appraised", "years_appraised",
]  # fmt: skip
