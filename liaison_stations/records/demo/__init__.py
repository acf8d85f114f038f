"""Visitors of the demo's held receptions, with invented words. Demo only."""

from typing import Any

from django.db import transaction

from liaison_stations.receptions.models import ReceptionSession
from participation.ledger.models import CategoryGroup
from portal.idempotency.rules import new_key

from ..models import ReceptionRecord
from ..services import NewRecord, Outcome, record_day
from ..states import Action

GROUPS = CategoryGroup
ROWS = (
    NewRecord(
        "社区活动室开放时间能不能延长到晚上？", name="王示例", people=2, category_group=GROUPS.LIVELIHOOD.value,
        outcome=Outcome(Action.ANSWER.value, "已反映给社区，开放时间由社区居委会公布。"),
    ),
    NewRecord(
        "东门菜市场门口下水道堵了，下雨就积水，老人出行不便。", name="李示例", phone="0731-00000001",
        category_group=GROUPS.ENVIRONMENT.value, place="东门菜市场（示例）",
        outcome=Outcome(Action.OPEN_ITEM.value, "东门菜市场门口下水道堵塞积水（示例）"),
    ),
    NewRecord(
        "单位拖欠工资，劳动仲裁已经受理，想请代表催一催。", category_group=GROUPS.LIVELIHOOD.value,
        outcome=Outcome(Action.DIVERT.value, "", "arbitration"),
    ),
    NewRecord("希望在学校门口增设接送学生的临时停车区。", people=4, category_group=GROUPS.ROADS.value,
              outcome=Outcome(Action.PROPOSE.value, "学校门口增设接送临时停车区（示例）")),
    NewRecord("楼道里堆放杂物，消防通道不通畅。", name="张示例", category_group=GROUPS.HOUSING.value),
)  # fmt: skip


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """How many records were made for the held sessions; 0 when there are some already."""
    if ReceptionRecord.objects.exists():
        return 0
    made = 0
    rows = ReceptionSession.objects.held().select_related("station__division").order_by("date", "pk")
    for number, session in enumerate(rows):
        few = ROWS if number == 0 else (ROWS[2 * (number % 2)], ROWS[4])
        made += len(record_day(session=session, by=cast["clerk"], form_key=new_key(), rows=few).numbers)
    return made
