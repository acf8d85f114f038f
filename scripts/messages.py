"""Finds the strings that a source tree marks for translation, in pure Python: no xgettext is needed.

Python files are parsed; templates go through Django's own `templatize`; scripts are read with a pattern.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
MARK = re.compile(r"gettext|trans|\b_\(")
LITERAL = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\)?\(\s*u?({LITERAL})(?:\s*,\s*u?({LITERAL}))?(?:\s*,\s*u?({LITERAL}))?", re.S)


class Message(NamedTuple):
    context: str | None
    text: str
    plural: str | None


def message(function: str, texts: list[str]) -> Message | None:
    if function in SINGULAR and texts:
        return Message(None, texts[0], None)
    if function in PLURAL and len(texts) > 1:
        return Message(None, texts[0], texts[1])
    if function in CONTEXT and len(texts) > 1:
        return Message(texts[0], texts[1], None)
    if function in CONTEXT_PLURAL and len(texts) > 2:
        return Message(texts[0], texts[1], texts[2])
    return None


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        texts = []
        for argument in node.args:
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                break
            texts.append(argument.value)
        if found := message(function, texts):
            yield found


def in_calls(source: str) -> Iterator[Message]:
    """What stands in `gettext("…")` of a script or of what `templatize` made of a template."""
    for function, *literals in CALL.findall(source):
        if found := message(function, [unquoted(literal) for literal in literals if literal]):
            yield found


def unquoted(literal: str) -> str:
    return str(ast.literal_eval(literal.replace("\n", "\\n")))


def in_file(path: Path) -> Iterator[Message]:
    source = path.read_text()
    if not MARK.search(source):  # parsing is the slow part
        return iter(())
    if path.suffix == ".py":
        return in_python(source)
    if path.suffix in (".html", ".txt"):
        return in_calls(templatize(source, origin=str(path)))
    return in_calls(source)


def in_folder(folder: Path, *, suffixes: tuple[str, ...] = (".py", ".html", ".txt")) -> dict[Message, list[Path]]:
    """Every marked string below `folder` with the files that hold it; tests and migrations do not count."""
    found: dict[Message, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in suffixes or {"tests", "test", "migrations", "node_modules"} & set(path.parts):
            continue
        for each in in_file(path):
            if each.text:
                found.setdefault(each, []).append(path)
    return found
