"""Ledger items in every state with invented texts. Demo only: dates lie in the past, so the clock is moved."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from liaison_stations.deputies.selectors import upper_deputies
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue

from .. import services
from ..models import AskedDeputy, LedgerItem, Source
from ..rules.letters import COUNCIL_SOURCES, LetterKind
from ..selectors.letters import first_words
from ..states import Routing, State
from .pictures import drawn_photo

SEED = 20260315
BEFORE_ALL = 400  # days
SOURCE_KIND = "demo"
HOME = "430381001000"
OWNER = "示例责任人"
EMPTY_PDF = b"%PDF-1.4\n%%EOF\n"

# what happens to an item, step by step, with the days until the next step
START = (("assign", 2), ("sign", 2), ("contact", 5))
COURSES: dict[str, tuple[tuple[str, int], ...]] = {
    "assigning": (),
    "assigned": START[:1],
    "reassign": (*START[:1], ("return", 2)),
    "handling": (*START, ("progress", 6)),
    "extended": (*START, ("extend", 6), ("approve", 2)),
    "sign_off": (*START, ("draft", 6)),
    "replied": (*START, ("progress", 5), ("draft", 5), ("sign_reply", 2)),
    "completed": (*START, ("draft", 6), ("sign_reply", 2), ("complete", 2)),
    "rework": (*START, ("draft", 6), ("sign_reply", 2), ("complete", 2), ("dissatisfied", 2), ("contact", 3)),
    "deciding": (
        *START, ("draft", 6), ("sign_reply", 1), ("complete", 1), ("dissatisfied", 2),
        ("contact", 2), ("draft", 5), ("sign_reply", 1), ("complete", 1), ("dissatisfied", 2),
    ),
    "planned": (*START, ("plan", 6), ("sign_reply", 2), ("complete", 2), ("satisfied", 3)),
    "closed_off": (
        *START, ("progress", 4), ("draft", 4), ("sign_reply", 2), ("complete", 2), ("satisfied", 3), ("close_off", 3),
    ),
    "delivered": (
        *START, ("plan", 5), ("sign_reply", 2), ("complete", 2), ("published", 3), ("deliver", 5), ("close_off", 3),
    ),
    "proxy": (
        ("assign", 2), ("proxy_sign", 2), ("proxy_contact", 3), ("proxy_draft", 4), ("proxy_sign_reply", 1),
        ("proxy_complete", 2), ("satisfied", 2), ("director_close_off", 3),
    ),
    "objected": (
        *START, ("draft", 4), ("sign_reply", 1), ("complete", 1), ("satisfied", 2), ("close_off", 2), ("object", 2),
    ),
    "objection_refused": (
        *START, ("draft", 4), ("sign_reply", 1), ("complete", 1), ("satisfied", 2), ("close_off", 2), ("object", 2),
        ("refuse_objection", 2),
    ),
    "hotline": (("hotline", 2),),
    "voided": (("void", 1),),
}  # fmt: skip
# what an upper level or 12345 handles
ELSEWHERE: dict[str, tuple[tuple[str, int], ...]] = {
    "suggested": (("suggest", 3),),
    "one_declined": (("suggest", 4), ("decline", 2)),
    "proposed": (("suggest", 5), ("propose", 4)),
    "suggestion_replied": (("suggest", 5), ("propose", 20), ("outside_reply", 3)),
    "suggestion_closed": (
        ("suggest", 5), ("propose", 20), ("outside_reply", 2), ("complete", 2), ("satisfied", 2), ("report", 2),
        ("director_close_off", 3),
    ),
    "hotline_answered": (("hotline", 6), ("outside_reply", 3)),
}  # fmt: skip
# somebody without an account, phoned when fourteen days have passed without a rating
RATED: dict[str, tuple[tuple[str, int], ...]] = {
    "called": (
        ("assign", 1), ("sign", 1), ("contact", 1), ("draft", 2), ("sign_reply", 1), ("complete", 15), ("ask", 1),
    ),
}  # fmt: skip
# how many days ago its first step was; late ones were forgotten
DAYS_AGO = {
    "assigning": 3, "assigned": 3, "reassign": 6, "handling": 16, "extended": 70, "sign_off": 18, "replied": 26,
    "completed": 20, "rework": 26, "deciding": 34, "planned": 26, "hotline": 12, "voided": 9, "objected": 18,
    "objection_refused": 24, "suggested": 6, "one_declined": 9, "proposed": 14, "suggestion_replied": 33,
    "hotline_answered": 12, "called": 23,
}  # fmt: skip
EXTRA = ("handling", "handling", "closed_off", "closed_off", "completed", "replied", "closed_off", "delivered")
# suggestions of deputies run by the law, whatever a division promises: one late, one soon due
LATE_AGO = {18: 205, 19: 178}

TEXTS: list[tuple[str, str, str, str]] = [
    ("滨江花园小区路灯不亮", "小区东门到河边的六盏路灯不亮，晚上老人散步看不清路。", "electricity", "reception"),
    ("东风小区消防通道被占", "三栋楼下的消防通道长期停车，消防车进不来。", "city_management", "visit"),
    ("农机厂宿舍加装电梯", "七层老楼没有电梯，楼上住着好几位行动不便的老人。", "housing", "council_opinion"),
    ("书院街雨污分流", "下大雨时井盖往外冒水，沿街店铺进水。", "ecology", "council_opinion"),
    ("新湘苑充电桩不够", "车棚只有八个充电口，晚上飞线充电，有火灾隐患。", "public_security", "member_opinion"),
    ("河西安置小区助餐点", "独居老人多，希望办一个助餐点。", "civil_affairs", "inspection"),
    ("9路公交绕行", "改线以后到卫生院要走二十分钟。", "transport", "reception"),
    ("建设街占道经营", "早上七点到九点人行道摆满摊位，学生只能走车道。", "city_management", "visit"),
    ("桃源小区儿童滑梯坏了", "滑梯底部裂开，边角锋利。", "housing", "reception"),
    ("工贸路人行道破损", "靠近学校一段地砖翘起，下雨积水。", "transport", "snap"),
    ("粮食局家属院垃圾分类点", "分类点离住户太近，夏天气味大。", "city_management", "member_opinion"),
    ("桥头巷流浪犬", "傍晚常有五六只流浪犬聚集，小孩害怕。", "public_security", "visit"),
    ("社区卫生站延长门诊时间", "上班的人下班后看不了病。", "health", "special_report"),
    ("滨河北路护栏松动", "护栏螺丝松动，靠上去会晃。", "transport", "inspection"),
]
UPPER_TEXTS: list[tuple[str, str, str, str]] = [
    ("省道穿城段改线", "货车穿城而过，噪声和扬尘大，希望改走外环。", "transport", "reception"),
    ("城际公交延长班次", "末班车六点半，上夜班的人回不了家。", "transport", "visit"),
    ("涟水河上游排污口整治", "下雨后河水发黑，上游排污口不在本街道。", "ecology", "council_opinion"),
    ("医保异地门诊直接结算", "在长沙看病回来报销要跑两趟。", "medical_insurance", "reception"),
    ("高压线迁改", "安置小区上空的高压线离楼顶太近。", "electricity", "council_opinion"),
    ("自来水夜间停水", "三楼以上夜间没有水，热线答复管网改造。", "water", "visit"),
]
OF_THE_STREETS = {"city_management", "ecology"}  # the second unit's matters; the first takes all others
TEMPLATES = {
    "已办好": "{提出人称呼}：您提出的“{事项}”（{编号}）收悉。经现场核实，已于____年__月__日处理完毕。{单位}",
    "已列计划": "{提出人称呼}：您提出的“{事项}”（{编号}）收悉。经研究，已列入____年计划，按承诺事项落实。{单位}",
    "暂不能解决": "{提出人称呼}：您提出的“{事项}”（{编号}）收悉。因____，目前暂不能解决，条件具备后研究。{单位}",
}
REPLY = "来信收悉。经现场核实，情况属实。已安排人员处理完毕，欢迎继续监督。"
PLAN = "来信收悉。经研究，已列入今年的维修计划，按下面的承诺落实。"


@dataclass(order=True)
class Event:
    """One thing to do at a moment; sorted, so that what is written follows the order of time."""

    at: datetime
    order: int
    act: Callable[[], Any] = field(compare=False)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """The services ask Django's clock; here it shows a day of the demo's past."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """All of it or nothing. How many items went on their way; 0 when they are there already."""
    division = Division.objects.filter(code=HOME).first()
    if division is None or LedgerItem.objects.filter(source_kind=SOURCE_KIND).exists():
        return 0
    _let_all_rate(division)
    loader = Loader(cast, division)
    loader.plan()
    for name, text in TEMPLATES.items():
        services.save_template(by=cast["committee"], division=division, unit=None, name=name, text=text)
    for event in sorted(loader.events):
        with clock_at(event.at):
            event.act()
    return loader.planned


def _let_all_rate(division: Division) -> None:
    """三种评价 side by side in the demo's own subdistrict, long before its first item."""
    values = {"evaluation_sources": StatedValue(["resident", "member", "public"], note="示例：三种评价都开")}
    with clock_at(timezone.now() - timedelta(days=BEFORE_ALL)):
        add_terms_period(
            division=division, starts_on=timezone.localdate(), values=values, document_name="演示评价（示例）",
            reason="演示数据",
        )  # fmt: skip


class Loader:
    def __init__(self, cast: dict[str, Any], division: Division) -> None:
        self.cast, self.division = cast, division
        self.random = random.Random(SEED)  # noqa: S311 - the same demo every time
        self.communities = list(division.children.filter(level=Division.Level.COMMUNITY)[:6])
        self.units: dict[int, HandlingUnit] = {}
        for name in ("unit", "unit2"):
            assignment = cast[name].role_assignments.select_related("unit").get(role="unit")
            self.units[len(self.units)] = assignment.unit
        self.heads = {unit.pk: cast[name] for unit, name in zip(self.units.values(), ("unit", "unit2"), strict=True)}
        self.events: list[Event] = []
        self.letters = 0  # of the invented 商请函
        self.planned = 0

    def plan(self) -> None:
        endings = [*COURSES, *EXTRA]
        for index, ending in enumerate((*endings, *ELSEWHERE, *RATED)):
            self._plan_new(index, ending)
        # what the adopted proposals opened goes on as well
        opened = LedgerItem.objects.filter(source=Source.PROPOSAL, division=self.division, state=State.ASSIGNING)
        going = ("closed_off", "handling", "completed", "replied", "planned", "assigned", "delivered")
        for index, item in enumerate(opened.filter(matter_level="own").order_by("pk")):
            ending = going[index % len(going)]
            self._steps(item.pk, ending, item.created_at + timedelta(days=1))
        for index, item in enumerate(opened.filter(matter_level="upper").order_by("pk")):
            self._steps(item.pk, ("suggested", "proposed")[index % 2], item.created_at + timedelta(days=1))

    def _plan_new(self, index: int, ending: str) -> None:
        is_elsewhere = ending in ELSEWHERE
        texts = UPPER_TEXTS if is_elsewhere else TEXTS
        place = list(ELSEWHERE).index(ending) if is_elsewhere else index
        title, summary, category, source = texts[place % len(texts)]
        if place >= len(texts):
            title = f"{title}（{place // len(texts) + 1}）"
        source = "deputy_suggestion" if ending == "extended" or index in LATE_AGO else source
        ago = LATE_AGO.get(index, DAYS_AGO.get(ending, 60 + index))
        start = timezone.now() - timedelta(days=ago, hours=self.random.randint(1, 6))
        is_confidential = ending == "assigned"
        new = services.NewItem(
            source=source,
            division=self.division,
            community=self.communities[index % len(self.communities)] if self.communities and index % 4 else None,
            title=title,
            summary=summary,
            raised_on=timezone.localdate(start) - timedelta(days=1),
            category=category,
            matter_level="own" if not is_elsewhere or ending.startswith("hotline") else "upper",
            source_kind=SOURCE_KIND,
            source_key=f"{index:03d}",
            is_confidential=is_confidential,
            confidential_reason="提出人要求保密（示例）" if is_confidential else "",
            parties=(self._proposer(index, ending),),
        )
        made: dict[str, int] = {}

        def open_it() -> None:
            made["pk"] = services.open_item(new=new, by=self.cast["committee"]).pk

        self._at(start, open_it)
        self._steps(lambda: made["pk"], ending, start + timedelta(hours=20), index)

    def _proposer(self, index: int, ending: str) -> services.NewParty:
        if ending in RATED:
            return services.NewParty(name="示例老人", phone="0731-00000000", added_by=self.cast["community"])
        return services.NewParty(user=self.cast["resident" if index % 3 else "resident2"])

    def _steps(self, key: Any, ending: str, at: datetime, index: int = 0) -> None:
        self.planned += 1
        for step, days in (COURSES | ELSEWHERE | RATED)[ending]:
            self._at(at, lambda step=step: self._step(key() if callable(key) else key, step, index))  # type: ignore[misc]  # a lambda that keeps its own step
            at += timedelta(days=days, minutes=self.random.randint(5, 200))

    def _at(self, at: datetime, act: Callable[[], Any]) -> None:
        latest = timezone.now() - timedelta(minutes=5)
        self.events.append(Event(min(at, latest), len(self.events), act))

    def _step(self, pk: int, step: str, index: int) -> None:
        item = LedgerItem.objects.select_related("division", "unit").get(pk=pk)
        of_unit = self.heads.get(item.unit_id or 0, self.cast["unit"])
        is_entered = step.startswith("proxy_") or item.is_elsewhere
        worker = self.cast["committee"] if is_entered else of_unit
        committee = self.cast["director"] if step.startswith("director_") else self.cast["committee"]
        common: dict[str, Any] = {"item": item, "by": worker}
        if step.startswith("proxy_"):
            common["paper"] = self._paper(item, worker, step)
        getattr(self, f"_{step.removeprefix('proxy_').removeprefix('director_')}")(item, common, committee, index)

    def _paper(self, item: LedgerItem, worker: Any, step: str) -> Any:
        """The unit's paper from which the committee enters; the demo's has nothing on it."""
        earlier = item.scans.first()
        upload = SimpleUploadedFile("示例单位书面材料.pdf", EMPTY_PDF, "application/pdf")
        today = timezone.localdate()
        return earlier or services.attach_scan(item=item, by=worker, upload=upload, action=step[6:], on=today)

    # --- the steps ----------------------------------------------------------------------------------------------
    def _assign(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        place = 1 if item.category in OF_THE_STREETS else 0
        unit = self.units[place]
        helper = [(self.units[1 - place], timezone.localdate() + timedelta(days=10))] if index % 9 == 8 else []
        services.assign_item(item=item, by=committee, unit=unit, owner_name=OWNER, co_units=helper)
        # a council opinion leaves in its letter only (X23); of the others some leave on paper
        if item.source in COUNCIL_SOURCES or index % 3 == 0:
            self._issue(item.pk, LetterKind.OPINION if item.source in COUNCIL_SOURCES else LetterKind.ASSIGNMENT)

    def _issue(self, pk: int, kind: LetterKind) -> None:
        item = LedgerItem.objects.select_related("division__parent", "unit").get(pk=pk)
        committee, director = self.cast["committee"], self.cast["director"]
        assert item.unit is not None  # noqa: S101 - it was assigned just now
        name = services.letter_name(kind, item.division)
        letter = services.draft_letter(
            by=committee, kind=kind, division=item.division, unit=item.unit, items=[item],
            **first_words(kind, name, [item], item.division),
        )  # fmt: skip
        services.submit_letter(letter=letter, by=committee)
        services.approve_letter(letter=letter, by=director)
        services.sign_letter(letter=letter, by=director)
        services.issue_letter(letter=letter, by=committee)

    def _sign(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        """By the receipt of the letter where there is one."""
        line = item.letter_lines.filter(assignment__state="sent").select_related("letter").first()
        if line is None or "paper" in common:
            services.sign_for_item(**common)
        else:
            services.receive_letter(letter=line.letter, by=common["by"], receiver_name="示例签收人")

    def _return(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.return_item(**common, reason="经核实，该路段由上级养护单位管理，不属本单位职责。")

    def _contact(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.note_contact(**common, way="face", by_name="示例工作人员")

    def _progress(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        photos = [(drawn_photo(), "示例图：现场路灯和路面")] if index % 2 else []
        services.note_progress(**common, text="已到现场勘查，正在联系施工单位安排时间。", photos=photos)

    def _extend(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        until = timezone.localdate() + timedelta(days=120)
        services.request_extension(**common, until=until, reason="涉及管线迁改，需与两家单位协调施工时间。")

    def _approve(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.decide_extension(extension=item.extensions.get(), by=self.cast["director"], is_approved=True)

    def _draft(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        pictures = [
            (drawn_photo(is_lit=False), "示例图：路灯不亮的路口", "before"),
            (drawn_photo(), "示例图：修好以后的路口，晚上七点", "after"),
        ]
        services.draft_reply(**common, kind="done", text=REPLY, photos=pictures if index % 2 else [])

    def _plan(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        due: date = timezone.localdate() + timedelta(days=90)
        services.draft_reply(**common, kind="planned", text=PLAN, commitments=[("完成维修并验收", due)])

    def _sign_reply(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        if any(each.state == "sent" and not each.is_lead for each in item.assignments.all()):
            helper = item.assignments.get(is_lead=False)
            services.co_reply(assignment=helper, by=self.heads[helper.unit_id], opinion="已配合现场核查。")
        services.sign_reply(**common, signer_name="示例单位负责人")

    def _complete(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        reply = item.replies.get(leg=item.leg)
        for party in item.parties.filter(user=None).exclude(feedbacks__reply=reply):
            services.feed_back(**common, party=party, way="phone", note="已电话告知")
        services.complete_item(**common)

        others = [self.cast[name] for name in ("member", "deputy", "resident", "resident2")]
        for place, person in enumerate(others):
            item.refresh_from_db()
            if (place + item.pk) % 3 and not item.parties.filter(user=person).exists() and item.is_readable:
                value = "basically_satisfied" if (place + item.pk) % 4 == 0 else "satisfied"
                services.rate_in_secret(item=item, by=person, value=value, stars={"attitude": 4})

    def _ask(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.ask_whether_solved()

    def _rate(self, item: LedgerItem, value: str, reason: str = "", is_public: bool = False) -> None:
        for party in item.parties.exclude(user=None).select_related("user")[:1]:
            services.rate_reply(item=item, by=party.user, value=value, reason=reason, is_public=is_public)

    def _satisfied(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        self._rate(item, "satisfied")

    def _published(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        self._rate(item, "basically_satisfied", is_public=True)

    def _dissatisfied(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        self._rate(item, "dissatisfied", reason="问题还在，请再去看看。")

    def _deliver(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.end_commitment(
            commitment=item.commitments.get(),
            by=common["by"],
            is_delivered=True,
            note="已完工，居民代表参加验收。",
        )

    def _close_off(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        if item.parties.filter(user=None).exists():
            return  # whoever has no account has not been asked yet: it stays 待销号
        services.close_off_item(item=item, by=committee, evidence="到现场核查，问题已经解决，走访的居民认可。")
        if not index % 2 and not item.is_elsewhere:
            self._issue(item.pk, LetterKind.CLOSE_OFF)

    def _object(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.object_to_close_off(item=item, by=self.cast["member"], reason="前天晚上又出现同样的问题。")

    def _refuse_objection(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.decide_objection(
            objection=item.objections.get(), by=self.cast["director"], is_accepted=False,
            reason="再次到现场核查，当晚为临时停电，设施完好。",
        )  # fmt: skip

    def _hotline(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.hand_to_hotline(item=item, by=committee, ticket_number="示例-0001", reason="紧急抢修，转热线办理。")

    def _suggest(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        deputies = [row for row in upper_deputies(item.division) if row.level == "county"][:2]
        services.suggest_to_deputies(
            item=item, by=committee, deputies=deputies, text="请就该事项提出代表建议，推动上级有关单位研究解决。",
            letter_number=f"示例商请函〔{timezone.localdate().year}〕{self._counted()}号",
            precheck="该事项提出前的沟通协调（示例）", precheck_on=timezone.localdate(),
        )  # fmt: skip

    def _counted(self) -> int:
        self.letters += 1
        return self.letters

    def _asked(self, item: LedgerItem) -> Any:
        return AskedDeputy.objects.get(suggestion__item=item, deputy__user=self.cast["deputy"])

    def _propose(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.propose_suggestion(
            asked=self._asked(item), by=self.cast["deputy"], outside_number=f"示例第{index + 1}号"
        )

    def _decline(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.decline_suggestion(asked=self._asked(item), by=self.cast["deputy"], reason="上次会议已提出同类建议。")

    def _outside_reply(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        today, is_hotline = timezone.localdate(), item.routing == Routing.HOTLINE
        days = {} if is_hotline else {"met_on": today, "reported_to_committee_on": today}
        services.record_outside_reply(
            item=item, by=committee, unit_name="12345热线（示例）" if is_hotline else "市级主管部门（示例）",
            kind="done", text="来函收悉。已会同有关单位研究，相关工作已经完成。", **days,
        )  # fmt: skip

    def _report(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.note_written_report(item=item, by=committee, to="congress")

    def _void(self, item: LedgerItem, common: dict[str, Any], committee: Any, index: int) -> None:
        services.void_item(item=item, by=committee, reason="重复录入。")
