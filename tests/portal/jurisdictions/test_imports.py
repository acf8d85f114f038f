"""Divisions from a CSV: every error by row, nothing half saved, and safe to repeat."""

import io
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.jurisdictions.imports import parse_divisions
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code, full_name
from portal.jurisdictions.services.divisions import ImportResult, assign_code, import_divisions
from portal.trail.selectors import history_of

HEAD = "code,name,level,parent_code\n"
WRONG_HEAD = (
    "第 1 行：表头应有“区划代码”“名称”两列，还可以有“层级”“上级代码”"
    "（或英文 code,name,level,parent_code）；现在第一行是：%s。"
)
HUNAN = (
    HEAD
    + "430000000000,湖南省,province,\n430300000000,湘潭市,city,430000000000\n430381000000,湘乡市,county,430300000000\n"
)


def load(text: str, encoding: str = "utf-8") -> ImportResult:
    parsed = parse_divisions(io.BytesIO(text.encode(encoding)))
    assert parsed.errors == []
    return import_divisions(rows=parsed.rows)


def problems(content: bytes) -> list[str]:
    return [str(error) for error in parse_divisions(io.BytesIO(content)).errors]


def test_the_seed_has_nine_counties_and_exactly_96_subdistricts_in_changsha(changsha: Division) -> None:
    levels = Counter(Division.objects.descendants_of(changsha).values_list("level", flat=True))
    assert levels == {"county": 9, "subdistrict": 96, "township": 76, "community": 1649}


def test_the_seed_has_xiangxiang_with_its_four_subdistricts(xiangxiang: Division) -> None:
    below = Division.objects.descendants_of(xiangxiang)
    assert Counter(below.values_list("level", flat=True)) == {"subdistrict": 4, "township": 18, "community": 339}
    assert [d.name for d in below.at_level("subdistrict")] == ["望春门街道", "新湘路街道", "昆仑桥街道", "东山街道"]


def test_rare_characters_and_repeated_names_survive_the_seed(seeded: None) -> None:
    assert division_by_code("430121004000").name == "㮾梨街道"  # type: ignore[union-attr]
    labels = sorted(full_name(d) for d in Division.objects.filter(name="东山街道"))
    assert labels == ["湘潭市湘乡市东山街道", "长沙市雨花区东山街道"]


def test_the_seed_again_changes_nothing(seeded: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(Division.objects.values_list("pk", "path"))
    call_command("seed_divisions")
    assert capsys.readouterr().out == "区划：新增 0，更新 0，未变 2195。\n"
    assert list(Division.objects.values_list("pk", "path")) == before


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_that_excel_writes_is_read(encoding: str) -> None:
    load(HUNAN + "430381099000,㮾梨街道,subdistrict,430381000000\n", encoding)
    assert division_by_code("430381099000").name == "㮾梨街道"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_level_and_parent_come_from_the_code_and_rows_may_stand_in_any_order() -> None:
    text = (
        "区划代码,名称\n430381001001,某社区\n430381001000,望春门街道\n430381000000,湘乡市\n"
        "430300000000,湘潭市\n430000000000,湖南省\n"
    )
    assert load(text) == ImportResult(5, 0, 0, [])
    community = division_by_code("430381001001")
    assert community is not None
    assert (community.level, community.path) == (
        "community",
        "430000000000/430300000000/430381000000/430381001000/430381001001/",
    )


@pytest.mark.django_db
def test_a_rename_is_counted_and_stands_in_the_trail() -> None:
    load(HUNAN)
    assert load(HUNAN.replace("湘乡市", "湘乡新市")) == ImportResult(0, 1, 2, [])
    entry = history_of("division", "430381000000")[0]
    assert (entry.verb, entry.detail["before"]["name"], entry.detail["after"]["name"]) == (
        "renamed",
        "湘乡市",
        "湘乡新市",
    )


@pytest.mark.django_db
def test_moving_a_division_takes_everything_below_along() -> None:
    load(HUNAN + "430400000000,衡阳市,city,430000000000\n430381001000,望春门街道,subdistrict,430381000000\n")
    load(HEAD + "430381000000,湘乡市,county,430400000000\n430381001000,望春门新街道,subdistrict,430381000000\n")
    moved = division_by_code("430381001000")
    assert moved is not None
    assert (moved.name, moved.path) == (
        "望春门新街道",
        "430000000000/430400000000/430381000000/430381001000/",
    )


@pytest.mark.django_db
def test_one_bad_row_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "divisions.csv"
    file.write_text(HUNAN + "430999001000,没有上级街道,,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="有 1 处错误，什么也没有写入。"):
        call_command("import_divisions", str(file))
    assert "第 5 行：找不到上级 430999000000" in capsys.readouterr().err
    assert Division.objects.count() == 0


@pytest.mark.django_db
def test_all_errors_of_a_file_are_told_at_once_and_none_for_the_children_of_a_bad_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "divisions.csv"
    rows = [
        "430999001000,没有上级街道,,",
        "43,短,,",
        "430200000000,,,",
        "430201000000,只因上级,,",
        "430201001000,再下一级,,",
    ]
    file.write_text(HUNAN + "\n".join(rows), encoding="utf-8")
    with pytest.raises(CommandError, match="有 3 处错误，什么也没有写入。"):
        call_command("import_divisions", str(file))
    told = [line.split("：")[0] for line in capsys.readouterr().err.splitlines()]
    assert told == ["第 5 行", "第 6 行", "第 7 行"]
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("import_divisions", str(tmp_path / "nowhere.csv"))


@pytest.mark.django_db
def test_a_rehearsal_counts_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "divisions.csv"
    file.write_text(HUNAN, encoding="utf-8")
    call_command("import_divisions", str(file), "--dry-run")
    assert capsys.readouterr().out == "（试运行，没有写入）新增 3，更新 0，未变 0。\n"
    assert Division.objects.count() == 0


@pytest.mark.django_db
def test_a_new_subdistrict_without_a_code_is_known_again_and_gets_its_code_later() -> None:
    text = HUNAN + ",新城街道,街道,430381000000\n"
    assert load(text) == ImportResult(4, 0, 0, [])
    assert load(text) == ImportResult(0, 0, 4, [])
    new = Division.objects.get(name="新城街道")
    assert (new.code, new.nine_digits) == (None, "430381000")
    coded = assign_code(division=new, code="430381005000")
    assert (coded.key, coded.nine_digits) == ("430381005000", "430381005")


@pytest.mark.django_db
def test_a_level_that_falls_below_its_children_is_refused() -> None:
    load(HUNAN)
    parsed = parse_divisions(io.BytesIO((HEAD + "430300000000,湘潭市,subdistrict,430000000000\n").encode()))
    assert import_divisions(rows=parsed.rows).errors == [(2, "下级“湘乡市”的层级不低于本级。")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("43038,短了,,", "第 2 行：代码“43038”不是12位数字。"),
        ("4.30381E+11,科学计数,,", "第 2 行：代码被 Excel 改成了“4.30381E+11”。请把该列设为“文本”格式后重新填写。"),
        ("430381001000,,,", "第 2 行：名称是空的。"),
        ("430381001000," + "长" * 61 + ",,", "第 2 行：名称超过60个字。"),
        ("430381001000,看不\x01见,,", "第 2 行：名称里有看不见的控制字符或自造字，请删去后重新填写。"),
        (
            "430381001000,望春门街道,村里,",
            "第 2 行：不认识层级“村里”，请填：省、市、县（市、区）、街道、乡镇、社区（村）。",
        ),
        ("430381001000,望春门街道,,43", "第 2 行：上级代码“43”不是12位数字。"),
        (",新街道,街道,", "第 2 行：没有代码的新区划要填上级代码。"),
        (",新街道,,430381000000", "第 2 行：没有代码的新区划要填层级。"),
        ("430000000000,甲,,\n430000000000,乙,,", "第 3 行：代码 430000000000 与第 2 行重复。"),
    ],
)
def test_each_wrong_row_says_what_is_wrong(row: str, message: str) -> None:
    assert problems((HEAD + row + "\n").encode()) == [message]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"",
            WRONG_HEAD % "空白",
        ),
        (HEAD.encode(), "文件里没有区划。第一行应是表头：code,name,level,parent_code。"),
        (
            b"a,b\n1,2\n",
            WRONG_HEAD % "a、b",
        ),
        (b"PK\x03\x04rest", "这是 Excel 文件。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入。"),
        (b"\x00\x01\x02", "读不出文字。请把文件另存为“CSV UTF-8（逗号分隔）”后再导入。"),
    ],
)
def test_each_wrong_file_says_what_to_do(content: bytes, message: str) -> None:
    assert problems(content) == [message]


def test_full_width_digits_blanks_and_apostrophes_in_codes_are_forgiven() -> None:
    parsed = parse_divisions(
        io.BytesIO((HEAD + "　４３００００００００００,　湖南省　,省,\n'430300000000,湘潭市,市,\n").encode())
    )
    assert [(row.code, row.name, row.level) for row in parsed.rows] == [
        ("430000000000", "湖南省", "province"),
        ("430300000000", "湘潭市", "city"),
    ]
