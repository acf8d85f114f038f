"""A word list as a CSV, turned into entries or into errors by line."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from portal.tables.rules import Column, RowError, read_csv

from . import rules
from .models import WordEntry
from .services import put_words

COLUMNS = (
    Column("word", ("词", "词语", "敏感词", "word"), is_required=True),
    Column("level", ("级别", "level")),
    Column("kind", ("类别", "kind")),
    Column("note", ("说明", "备注", "note")),
    Column("is_active", ("启用", "is_active")),
)
ACTIVE = {
    "": True,
    **dict.fromkeys(("是", "1", "true", "yes"), True),
    **dict.fromkeys(("否", "0", "false", "no"), False),
}
EXAMPLE = "词,级别,类别,说明\n代开发票,送审,广告,\n加微信,提示,联系方式,看是否引流"
SEED = Path(__file__).resolve().parent / "seed" / "words.csv"


def parse_words(data: bytes) -> tuple[list[WordEntry], list[RowError]]:
    table = read_csv(data, COLUMNS)
    levels, kinds = _by_label(WordEntry.Level), _by_label(WordEntry.Kind)
    words: list[WordEntry] = []
    errors = list(table.errors)
    lines: dict[str, int] = {}
    for row in table.rows:
        values, problems = row.values, []
        form = rules.compact(values["word"])
        if not form:
            problems.append(_("“词”是空的，或者只有符号。"))
        elif len(form) < 2:
            problems.append(_("“%(word)s”只有一个字，会误伤太多，请写成词。") % {"word": values["word"]})
        elif form in lines:
            problems.append(_("与第 %(row)d 行是同一个词。") % {"row": lines[form]})
        if len(values["word"]) > 50:
            problems.append(_("“词”超过 50 字。"))
        if len(values["note"]) > 200:
            problems.append(_("“说明”超过 200 字。"))
        level = levels.get(values["level"].lower() or "review")
        if level is None:
            problems.append(_("级别“%(text)s”不认识，请写拦截、送审或提示。") % {"text": values["level"][:20]})
        kind = kinds.get(values["kind"].lower() or "other")
        if kind is None:
            known = "、".join(str(label) for label in WordEntry.Kind.labels)
            problems.append(
                _("类别“%(text)s”不认识，可用：%(known)s。") % {"text": values["kind"][:20], "known": known}
            )
        is_active = ACTIVE.get(values["is_active"].lower())
        if is_active is None:
            problems.append(_("启用“%(text)s”看不懂，请写是或否。") % {"text": values["is_active"][:20]})
        if problems or level is None or kind is None or is_active is None:
            errors += [RowError(row.number, problem) for problem in problems]
            continue
        lines[form] = row.number
        words.append(WordEntry(word=values["word"], level=level, kind=kind, note=values["note"], is_active=is_active))
    return words, sorted(errors, key=lambda error: error.row)


def import_words(data: bytes) -> tuple[str, Sequence[RowError]]:
    """What was saved, in words; or the errors, and then nothing was."""
    words, errors = parse_words(data)
    if errors:
        return "", errors
    created, updated = put_words(words=words)
    return _("新增 %(created)d 个词，更新 %(updated)d 个词。") % {"created": created, "updated": updated}, []


def _by_label(choices: type[WordEntry.Level] | type[WordEntry.Kind]) -> dict[str, str]:
    return {value: value for value in choices.values} | {str(label): value for value, label in choices.choices}
