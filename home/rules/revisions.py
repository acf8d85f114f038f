"""Whether two kept versions of a page say the same: Wagtail's editor gives old blocks new ids whenever it saves."""

import json
import re
from typing import Any

BOOKKEEPING = frozenset(
    "latest_revision latest_revision_created_at live_revision last_published_at first_published_at published_at "
    "live locked locked_at locked_by has_unpublished_changes expired draft_title comments reviewer url_path "
    "numchild".split()
)


def says(content: dict[str, Any]) -> Any:
    """What a version says, without bookkeeping, ids of blocks and the editor's marks in rich text."""
    return _bare({key: value for key, value in content.items() if key not in BOOKKEEPING})


def _bare(value: Any) -> Any:
    if isinstance(value, str):
        if value.startswith(("[", "{")):
            try:
                return _bare(json.loads(value))
            except ValueError:
                return value
        return re.sub(r'\s+data-block-key="[^"]*"', "", value)
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key != "id"}
    return [_bare(each) for each in value] if isinstance(value, list) else value
