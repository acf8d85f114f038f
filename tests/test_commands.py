"""Commands explain themselves in English, as Django's do, and speak to staff in Chinese."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = sorted(
    path for top in ("home", "participation", "portal") for path in ROOT.glob(f"{top}/**/management/commands/[a-z]*.py")
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")  # three words in a row
NAMES = re.compile("长沙|湘乡|历史导入")  # what something is called


def words_of(node: ast.AST) -> str:
    """The fixed words of a string, also of an f-string, without what is filled in."""
    return "".join(each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and type(each.value) is str)


def said(tree: ast.AST) -> tuple[list[str], list[str]]:
    """(help texts, sentences for whoever runs the command)."""
    helps, sentences = [], []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "help" for t in node.targets):
            helps.append(words_of(node.value))
        if isinstance(node, ast.Call):
            helps += [words_of(each.value) for each in node.keywords if each.arg == "help"]
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("write", "CommandError", "step") and node.args:
                sentences.append(words_of(node.args[0]))
    return helps, sentences


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_help_is_english_and_what_is_said_is_chinese(path: Path) -> None:
    helps, sentences = said(ast.parse(path.read_text()))
    assert [text for text in helps if CHINESE.search(NAMES.sub("", text))] == []
    assert [text for text in sentences if ENGLISH.search(text)] == []
    assert helps
