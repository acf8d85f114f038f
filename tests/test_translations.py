import re
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Page

from scripts.messages import Message, in_calls, in_folder, in_python
from scripts.translations import (
    DOMAINS,
    LOCALE,
    ROOT,
    catalogue,
    is_translated,
    library_folders,
    library_strings,
    missing,
    opened,
    own_strings,
    translated,
)

BOOKS = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}|</?\w+|(?:href|data-[\w-]+)=\"[^\"]*\"")
# What Wagtail says in Chinese that nobody in a sub-district office would: the trade's word stands in our catalogue.
FOREIGN_WORDS = ["工作流", "取消发布", "集合", "缩略名", "片段", "评论", "父页面", "子页面", "资源管理器", "你"]

# One English word for one term (docs/translations.md).
GLOSSARY = {
    "议事代表": "council member",
    "附议": "support",
    "受理编号": "receipt number",
    "查询码": "query code",
    "承办单位": "handling unit",
    "联络站": "liaison station",
    "街道办事处": "subdistrict office",
    "链头": "chain head",
}


def test_every_string_of_the_installed_libraries_has_a_chinese_translation() -> None:
    """Reads the sources of Wagtail, Django and the others: a few seconds, once."""
    gaps = {}
    for domain in DOMAINS:
        wanted, theirs = library_strings(domain)
        assert len(wanted) > 80
        gaps[domain] = missing("zh_Hans", domain, wanted, theirs)
    assert gaps == {"django": [], "djangojs": []}


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_translation_keeps_every_placeholder_tag_and_address(path: Path) -> None:
    wrong = []
    for entry in opened(path):
        if not is_translated(entry):
            continue
        sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if len(texts) < len(sources):
            sources = sources[1:]  # Chinese has one form: that of the plural
        for source, text in zip(sources, texts, strict=True):
            if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text)):
                wrong.append((entry.msgid, text))
    assert wrong == []


def test_a_translation_keeps_the_spaces_and_line_ends_that_code_relies_on() -> None:
    wrong = [
        entry.msgid
        for path in BOOKS
        for entry in opened(path)
        if entry.msgstr and entry.msgid.endswith("\n") != entry.msgstr.endswith("\n")
    ]
    assert wrong == []


def test_wagtail_speaks_the_words_of_the_trade() -> None:
    """The catalogue the admin really uses: theirs, with ours on top."""
    spoken: dict[str, str] = {}
    for domain in DOMAINS:
        books = [
            locale / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po"
            for _, locale in library_folders()
            if locale and "wagtail" in locale.parts
        ]
        for path in [*books, catalogue("zh_Hans", domain)]:
            for entry in opened(path):
                if is_translated(entry):
                    spoken[entry.msgid] = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
    assert {text for text in spoken.values() for word in FOREIGN_WORDS if word in text} == set()


def test_our_catalogue_has_the_last_word() -> None:
    with override("zh-hans"):
        said = [gettext("Unpublish"), gettext("Request changes"), str(Page._meta.get_field("go_live_at").verbose_name)]
    assert said == ["撤下", "退回修改", "发布日期和时间"]


@pytest.mark.django_db
def test_scripts_of_the_admin_get_our_catalogue(client: Client) -> None:
    page = client.get("/admin/jsi18n/", headers={"accept-language": "zh-CN"}).content.decode()
    book = opened(catalogue("zh_Hans", "djangojs"))
    texts = [entry.msgstr for entry in book if entry.msgid in ("Insert a block", "Split block")]
    assert [text.encode("unicode_escape").decode() in page for text in texts] == [True, True]


def test_the_english_catalogue_is_in_step_with_the_source() -> None:
    """`make messages` takes up new strings and drops old ones; then translate what it lists."""
    book = {(entry.msgctxt, entry.msgid) for entry in opened(catalogue("en", "django")) if not entry.obsolete}
    assert sorted(book ^ set(own_strings()), key=str) == []


def test_every_page_message_and_letter_speaks_english() -> None:
    """All of templates/: a new string there needs its English in the same commit."""
    done = translated(catalogue("en", "django"))
    wanted = {(found.context, found.text) for found in in_folder(ROOT / "templates")}
    assert sorted(text for _, text in wanted - done) == []


@pytest.mark.parametrize(("term", "english"), GLOSSARY.items())
def test_english_says_one_word_for_one_term(term: str, english: str) -> None:
    """The glossary of the trade; where the translation quotes the Chinese term itself, it need not be translated."""
    book = [entry for entry in opened(catalogue("en", "django")) if term in entry.msgid and is_translated(entry)]
    texts = {entry.msgid: entry.msgstr or entry.msgstr_plural[1] for entry in book}
    assert {key: text for key, text in texts.items() if not re.search(f"{term}|{english}", text, re.IGNORECASE)} == {}


def test_english_has_no_chinese_stops() -> None:
    """A translation that kept the sentence marks of its source was not finished."""
    book = [entry for entry in opened(catalogue("en", "django")) if is_translated(entry)]
    assert [entry.msgid for entry in book if re.search("[，。；：！？]", entry.msgstr)] == []


def test_no_catalogue_is_marked_fuzzy_or_holds_an_obsolete_entry() -> None:
    doubtful = [entry.msgid for path in BOOKS for entry in opened(path) if entry.fuzzy or entry.obsolete]
    assert doubtful == []


# --- Finding strings ----------------------------------------------------------------------------------------------
def test_strings_are_found_in_python_without_xgettext() -> None:
    source = '_("甲"); ngettext("一", "多", n); pgettext("处", "乙"); _(f"不{n}"); gettext_lazy("接" "上"); other("不")'
    assert set(in_python(source)) == {
        Message(None, "甲", None),
        Message(None, "一", "多"),
        Message("处", "乙", None),
        Message(None, "接上", None),
    }


def test_strings_are_found_in_scripts() -> None:
    source = 't=gettext(\'甲\');u=(0,x.ngettext)("一","多",3);w=_(name)'
    assert set(in_calls(source)) == {Message(None, "甲", None), Message(None, "一", "多")}


def test_compiling_leaves_out_what_is_not_translated(tmp_path: Path) -> None:
    for path in BOOKS:
        compiled = polib.mofile(str(path.with_suffix(".mo")))
        assert {entry.msgid for entry in compiled} == {entry.msgid for entry in opened(path) if is_translated(entry)}
