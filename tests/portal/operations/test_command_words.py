"""A mistyped command is told in Chinese what is wrong with it."""

import argparse
import re

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from portal.operations.adapters.command_words import WORDS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import_messages"], "缺少参数："),
        (["doctor", "--nonsense"], "不认识的参数：--nonsense"),
        (["doctor", "--verbosity", "viel"], "参数 -v/--verbosity：'viel' 不是有效的 int"),
        (["doctor", "--verbosity", "7"], "没有 7 这个选择，可选：0, 1, 2, 3"),
        (["doctor", "--verbosity"], "后面须跟一个值"),
    ],
)
def test_wrong_arguments_are_told_in_chinese(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *rest = arguments
    with pytest.raises(SystemExit):
        load_command_class(get_commands()[name], name).run_from_argv(["manage.py", name, *rest])
    shown = capsys.readouterr().err
    assert "用法：" in shown and "出错：" in shown and said in shown


def test_a_refusal_keeps_its_places() -> None:
    for english, chinese in WORDS.items():
        assert sorted(re.findall(r"%(?:\(\w+\))?[rs]", english)) == sorted(re.findall(r"%(?:\(\w+\))?[rs]", chinese))


def test_a_program_that_calls_a_command_gets_the_same_words() -> None:
    with pytest.raises(CommandError, match="缺少参数"):
        call_command("import_messages")
    assert argparse.ArgumentParser().format_usage().startswith("用法：")
