"""The joined stylesheet as an engine without cascade layers reads it."""

import re

from portal.frame.assets import bundle


def _block_end(text: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    raise AssertionError("a block without an end")


def outside_layers(sheet: str) -> str:
    """The sheet without its comments, its @layer blocks and the statement that orders them."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    text = re.sub(r"@layer [\w, ]+;", "", text)
    while match := re.search(r"@layer \w+ \{", text):
        text = text[: match.start()] + text[_block_end(text, match.start()) :]
    return text.strip()


def rules_for_old_engines() -> str:
    """What is left for them, the condition taken as fulfilled."""
    rest = outside_layers(bundle("css").body.decode())
    start = rest.index("{", rest.index("accent-color"))
    return rest[start + 1 : _block_end(rest, start) - 1]
