"""What Python's argparse says to an operator, in Chinese.

argparse asks the `gettext` of the standard library, which knows no catalogue of ours; its sentences are looked up here
instead. A sentence that is not listed (they change with Python) stays English.
"""

import argparse
import gettext

WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这份说明并结束",
    "show program's version number and exit": "显示版本并结束",
    "%(prog)s: error: %(message)s\n": "%(prog)s：出错：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是 %(matches)s",
    "expected one argument": "后面须跟一个值",
    "expected at most one argument": "后面至多跟一个值",
    "expected at least one argument": "后面至少跟一个值",
    "not allowed with argument %s": "不能与参数 %s 同用",
    "one of the arguments %s is required": "须写明 %s 其中之一",
    "ignored explicit argument %r": "后面不跟值，不能写 %r",
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的 %(type)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选择，可选：%(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r 这个子命令，可选：%(choices)s",
    "can't open '%(filename)s': %(error)s": "打不开 '%(filename)s'：%(error)s",
    "expected %s argument": "后面须跟 %s 个值",
    "expected %s arguments": "后面须跟 %s 个值",
}


def _word(text: str) -> str:
    return WORDS.get(text) or gettext.gettext(text)


def _words(one: str, several: str, count: int) -> str:
    return _word(one if count == 1 else several)


def speak_chinese() -> None:
    """For every command of this process."""
    argparse._ = _word  # type: ignore[attr-defined]  # a module's own import, which no stub lists
    argparse.ngettext = _words  # type: ignore[attr-defined]  # the same
