"""A file is what its bytes say."""

import io
import zipfile

from home.rules.files import extension_of, is_what_it_says


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


def fits(extension: str, content: bytes) -> bool:
    file = io.BytesIO(content)
    result = is_what_it_says(extension, file)
    assert file.tell() == 0
    return result


def test_the_extension_is_the_end_of_the_name_whatever_its_case() -> None:
    assert [extension_of(name) for name in ("a.PDF", "a.tar.zip", "a", "")] == ["pdf", "zip", "", ""]


def test_each_kind_is_known_by_its_bytes() -> None:
    word, sheet = archive("[Content_Types].xml", "word/document.xml"), archive("[Content_Types].xml", "xl/workbook.xml")
    assert (fits("pdf", b"%PDF-1.4"), fits("pdf", b"\n%PDF-1.4"), fits("pdf", b"MZ"), fits("pdf", word)) == (
        True,
        True,
        False,
        False,
    )
    assert (fits("docx", word), fits("docx", sheet), fits("docx", b"hello")) == (True, False, False)
    assert (fits("xlsx", sheet), fits("pptx", archive("[Content_Types].xml", "ppt/a"))) == (True, True)
    assert (fits("zip", word), fits("zip", b"PK\x03\x04" + b"\0" * 40)) == (True, False)
    assert (fits("txt", "办法".encode()), fits("csv", "名称".encode("gb18030"))) == (True, True)
    assert (fits("txt", b"MZ\x00\x00"), fits("exe", b"MZ")) == (False, False)
