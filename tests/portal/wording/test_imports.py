from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.wording.imports import EXAMPLE, SEED, import_words, parse_words
from portal.wording.models import WordEntry
from portal.wording.selectors import word_hits


def stored() -> list[tuple[str, str, str, bool]]:
    return list(WordEntry.objects.order_by("word").values_list("word", "level", "kind", "is_active"))


@pytest.mark.django_db
def test_words_are_added_then_updated() -> None:
    assert import_words("词,级别,类别\n代开发票,拦截,广告\n加微信,,\n".encode()) == ("新增 2 个词，更新 0 个词。", [])
    assert stored() == [("代开发票", "block", "advertising", True), ("加微信", "review", "other", True)]
    assert import_words("word,level,启用\n加微信,note,否\n".encode("gb18030")) == ("新增 0 个词，更新 1 个词。", [])
    assert stored()[1] == ("加微信", "note", "other", False)


@pytest.mark.django_db
def test_one_bad_row_keeps_every_row_out_and_is_named() -> None:
    bad = "词,级别,类别,启用,说明\n好词,,,,\n***,,,,\n赌,,,,\n好 词,,,,\n坏词,最高,政治,也许," + "长" * 201
    done, errors = import_words(bad.encode())
    assert (done, stored()) == ("", [])
    assert [str(error) for error in errors] == [
        "第3行：“词”是空的，或者只有符号。",
        "第4行：“赌”只有一个字，会误伤太多，请写成词。",
        "第5行：与第 2 行是同一个词。",
        "第6行：“说明”超过 200 字。",
        "第6行：级别“最高”不认识，请写拦截、送审或提示。",
        "第6行：类别“政治”不认识，可用：辱骂、广告、联系方式、身份信息、违法信息、其他。",
        "第6行：启用“也许”看不懂，请写是或否。",
    ]


def test_the_list_that_comes_with_the_portal_is_general_and_blocks_nothing() -> None:
    words, errors = parse_words(SEED.read_bytes())
    assert errors == []
    assert {word.level for word in words} == {"review", "note"}
    assert {word.kind for word in words} == {"abuse", "advertising", "contact", "identity"}


@pytest.mark.django_db
def test_the_command_imports_the_general_list_or_a_file(tmp_path: Path) -> None:
    out = StringIO()
    call_command("import_words", stdout=out)
    assert out.getvalue() == f"新增 {WordEntry.objects.count()} 个词，更新 0 个词。\n"
    assert [hit.word for hit in word_hits("专业代 開 發 票，加V·X")] == ["代开发票", "加vx"]
    file = tmp_path / "words.csv"
    file.write_text("词\n赌", encoding="utf-8")
    with pytest.raises(CommandError, match="第2行：.*\n没有导入任何一行。"):
        call_command("import_words", str(file))


@pytest.mark.django_db
def test_the_screen_imports_a_file_and_shows_errors_by_row(admin_client) -> None:
    address = reverse("words:import")
    assert address == "/admin/wording/words/import/"
    page = admin_client.post(address, {"file": SimpleUploadedFile("a.csv", "词\n<b>x</b>\n赌".encode())})
    assert (page.status_code, stored()) == (200, [])
    assert "第3行：“赌”只有一个字" in page.content.decode()
    done = admin_client.post(address, {"file": SimpleUploadedFile("a.csv", EXAMPLE.encode())}, follow=True)
    assert "新增 2 个词，更新 0 个词。" in done.content.decode()
    assert admin_client.get(address).status_code == 200
