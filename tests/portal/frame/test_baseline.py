"""What old and in-app engines get: scripts they can parse, a sheet whose plain rules stand outside every layer."""

import re
from pathlib import Path

import esprima
import pytest
from django.test import Client

from portal.frame.assets import STATIC_DIR, bundle
from tests.portal.frame.sheets import outside_layers, rules_for_old_engines

SCRIPTS = sorted(STATIC_DIR.joinpath("js").glob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_es2017_which_every_engine_with_modules_reads(path: Path) -> None:
    esprima.parseModule(path.read_text())


def test_the_joined_script_and_the_worker_are_es2017(client: Client) -> None:
    esprima.parseModule(bundle("js").body.decode())
    esprima.parseScript(client.get("/sw.js").content.decode())


def test_no_script_asks_for_selectors_that_old_engines_refuse() -> None:
    text = bundle("js").body.decode()
    asked = re.findall(r"(?:querySelector(?:All)?|closest|matches)\(\s*[\"'`]([^\"'`]*)", text)
    assert asked != []
    assert [selector for selector in asked if re.search(r":(?:has|is|where)\(|:not\([^)]*,", selector)] == []


def test_outside_the_layers_stand_only_the_rules_for_old_engines() -> None:
    rest = outside_layers(bundle("css").body.decode())
    assert [line.split(" ")[0] for line in re.findall(r"^\S.*", rest, re.MULTILINE) if line != "}"] == ["@supports"]


def test_the_rules_for_old_engines_use_nothing_newer_than_they_are() -> None:
    newer = r"var\(|min\(|max\(|:(?:is|where|has|not)\(|-(?:inline|block)(?:-start|-end)?:|inset|gap:|grid"
    assert re.findall(newer, rules_for_old_engines()) == []


def test_dark_by_choice_and_dark_by_the_device_are_the_same() -> None:
    text = STATIC_DIR.joinpath("css", "tokens.css").read_text()
    by_device = re.search(
        r"\(prefers-color-scheme: dark\) \{\s*:root:not\(\.contrast\):not\(\.light\) \{(.*?)\}", text, re.S
    )
    by_choice = re.search(r":root\.dark:not\(\.contrast\) \{(.*?)\}", text, re.S)
    assert by_device is not None
    assert by_choice is not None
    assert by_device[1].split() == by_choice[1].split()
