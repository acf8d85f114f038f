"""Lists that staff take along: words, local time with its zone named, a BOM, and nothing that runs."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from portal.corrections.models import Correction
from portal.tables.exports import in_words
from tests.architecture.objects import correction, delivery, notice_task
from tests.conftest import Cast
from tests.factories.proposals import submitted

CODE = re.compile(r"[a-z]{3,}(_[a-z]+)*")
RAW_MOMENT = re.compile(r"\dT\d|\d\d:\d\d:\d\d|\+00:00")
EXPECTED = {
    "corrections_admin:index": (
        "页面地址,页面,哪里有错,区划,状态,处理说明,收到时间（北京时间）,处理人,处理时间（北京时间）"
    ),
    "outbox_deliveries:index": "消息,渠道,状态,原因,尝试次数,认领时间（北京时间）",
    "outbox_notice_tasks:index": "区划,告知人,状态,产生时间（北京时间）,话术",
    "reviews:index": (
        "受理编号,类型,区划代码,区划,审核状态,保密件,公开标题,公开文本,送审时间（北京时间）,"
        "领取人,审核人,审核时间（北京时间）,理由"
    ),
}


@pytest.mark.parametrize("value", [None, True, False, datetime(2026, 3, 9, 17, 0, tzinfo=UTC), "=1+1", "路灯"])
def test_a_cell_in_words(value: object) -> None:
    expected = {None: "", True: "是", False: "否", "=1+1": "'=1+1", "路灯": "路灯"}
    assert in_words(value) == expected.get(value, "2026-03-10 01:00")


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(EXPECTED))
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_for_staff_is_exported_in_words(client: Client, cast: Cast, name: str, kind: str) -> None:
    with time_machine.travel(datetime(2026, 3, 9, 17, 0, tzinfo=UTC), tick=False):
        correction(cast)
        notice_task(cast)
        delivery(cast)
        submitted(cast.resident, body="路灯坏了")
        Correction.objects.update(words="=1+1")
        client.force_login(cast.admin)
        answer = client.get(f"{reverse(name)}?export={kind}")
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        table = [[str(cell or "") for cell in row] for row in load_workbook(io.BytesIO(content)).active.values]
    assert ",".join(table[0]) == EXPECTED[name]
    assert len(table) == 2
    cells = [cell for cell in table[1] if not cell.startswith(("/", "JY-"))]
    assert [cell for cell in cells if CODE.search(cell) or RAW_MOMENT.search(cell)] == []
    assert "2026-03-10 01:00" in cells or name == "outbox_deliveries:index"
    assert ("=1+1" in cells) is (kind == "xlsx" and name == "corrections_admin:index")


@pytest.mark.django_db
def test_wagtails_own_reports_have_a_bom_and_local_time(client: Client, cast: Cast) -> None:
    client.force_login(cast.admin)
    answer = client.get(f"{reverse('wagtailadmin_reports:site_history')}?export=csv")
    table = b"".join(answer.streaming_content).decode()
    assert table.startswith("\ufeff")
    head = table.splitlines()[0]
    assert (re.findall("[A-Za-z]{3,}", head), "（北京时间）" in head) == ([], True)
