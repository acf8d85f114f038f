"""Two hundred and more invented proposals in every state. Demo only: dates lie in the past, so the clock is moved."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import transaction
from django.utils import timezone

from portal.accounts.services import accept_notice, create_user, verify
from portal.follows.models import DIVISION, SEARCH
from portal.follows.services import follow
from portal.jurisdictions.models import Division

from .. import services
from ..models import Channel, Proposal, Route

SEED = 20260301
TOPICS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "topics.json").read_text(encoding="utf-8"))
ESTATES = ["滨江花园小区", "东风小区", "农机厂宿舍", "粮食局家属院", "新湘苑", "桃源小区", "河西安置小区", "书院里"]
ROADS = ["滨河北路", "东风路", "书院街", "工贸路", "桥头巷", "新湘路", "建设街"]
BUSES = ["3", "6", "9", "12", "16"]
SUBDISTRICTS = [
    "430381001000", "430381002000", "430381003000", "430381004000",
    "430102001000", "430103002000", "430104001000", "430105001000", "430111001000",
]  # fmt: skip
NEIGHBOURS = 24
DAYS_BACK = 240
FOLLOWED_DAYS = 6  # of these the first daily summary tells

# what happens to a proposal after it was submitted -> how many end so
COURSES: dict[str, int] = {
    "submitted": 12, "under_review": 8, "returned": 7, "rejected": 6, "diverted": 7, "published": 78,
    "screening": 22, "adopted": 28, "not_adopted": 12, "merged": 9, "withdrawn": 7, "voided": 3, "confidential": 5,
}  # fmt: skip
WAITING = {"submitted", "under_review"}
REASONS = {
    "returned": "请补充具体地点（小区或路段），方便核实。",
    "rejected": "内容涉及他人隐私，不宜公开；请联系社区当面反映。",
    "not_adopted": "经研判，这件事属于上级部门职权，已列入上级年度安排，由上级部门统一实施，本级不重复安排。",
    "withdrawn": "问题已经解决，谢谢。",
    "voided": "重复录入。",
    "transferred": "事发地点在相邻街道。",
}
DIVERSIONS = [
    ("police", "夜里有人在楼下聚众赌博", "连续几个晚上有人聚在楼下赌钱，吵到半夜，请处理。"),
    ("court", "邻居欠租官司拖了很久", "租房合同纠纷已经起诉，想请街道帮忙催一催判决。"),
    ("hotline", "自来水突然停了", "今天上午起没有水，也没有看到通知，请问什么时候来水？"),
    ("petition", "对一件信访答复有意见", "前年反映的事收到了信访答复，本人不同意答复意见，想请再处理一次。"),
]
ADOPTED = [
    (Route.TOPIC, "own", "情况属实，列入下次街道居民议事会议议题。"),
    (Route.QUICK, "own", "情况属实，交有关单位尽快办理。"),
    (Route.MICRO_DEED, "own", "投入小、见效快，列为民生微实事。"),
    (Route.LIVELIHOOD, "own", "涉及面广，列为下年度民生实事候选项目。"),
    (Route.DEPUTY_SUGGESTION, "upper", "属于上级事权，商请人大代表提出代表建议。"),
    (Route.REFERENCE, "own", "建议有参考价值，留作制定计划时参考。"),
]


@dataclass(order=True)
class Event:
    """One thing to do at a moment; sorted, so that the trail's order is the order of time."""

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
    """All of it or nothing. Returns how many proposals were made; 0 when they are there already."""
    if Proposal.objects.filter(author=cast["resident2"]).exists():
        return 0
    loader = Loader(cast)
    loader.plan()
    loader.run()
    return loader.planned


class Loader:
    def __init__(self, cast: dict[str, Any]) -> None:
        self.cast = cast
        self.random = random.Random(SEED)  # noqa: S311 - the same demo every time
        self.start = timezone.now() - timedelta(days=DAYS_BACK)
        self.events: list[Event] = []
        self.planned = 0
        self.made: dict[int, Proposal] = {}
        self.targets: list[int] = []
        codes = {row.code: row for row in Division.objects.filter(code__in=SUBDISTRICTS)}
        self.divisions = [codes[code] for code in SUBDISTRICTS if code in codes]
        self.communities = {
            row.pk: list(row.children.filter(level=Division.Level.COMMUNITY)[:8]) for row in self.divisions
        }
        self.neighbours = [cast["resident"], cast["resident2"], *self._neighbours()]

    def _neighbours(self) -> list[Any]:
        people = []
        for number in range(1, NEIGHBOURS + 1):
            name = f"neighbour{number:02d}"
            user = create_user(username=name, real_name=f"示例居民{number:02d}", email=f"{name}@example.invalid")
            accept_notice(user=user)
            verify(user=user, method="counter", by=self.cast["clerk"], evidence={"saw_document": True})
            people.append(user)
        return people

    # --- planning ---------------------------------------------------------------------------------------------
    def plan(self) -> None:
        endings = [ending for ending, count in COURSES.items() for _each in range(count)]
        self.random.shuffle(endings)
        texts = self._texts()
        for index, ending in enumerate(endings):
            # who still waits came lately; the rest is spread over the whole time
            days = (
                self.random.uniform(DAYS_BACK - 9, DAYS_BACK) if ending in WAITING else DAYS_BACK * index / len(endings)
            )
            at = self.start + timedelta(days=days, minutes=self.random.randint(0, 600))
            self._plan_one(index, ending, at, next(texts))
        self.planned = len(endings)
        self._plan_imports()
        # late enough that the first summaries hold the news of a few days
        self._at(self.start + timedelta(days=DAYS_BACK - FOLLOWED_DAYS), self._follow_topics)

    def _follow_topics(self) -> None:
        """The first neighbour, who has an e-mail address, and the residents of the cast follow the home subdistrict."""
        for person in self.neighbours[:3]:
            follow(user=person, subject_kind=DIVISION, subject_key=self.divisions[0].key)
            follow(user=person, subject_kind=SEARCH, subject_key="路灯")

    def _texts(self) -> Iterator[dict[str, str]]:
        """Every topic in turn with another of its texts, place names drawn anew."""
        while True:
            order = list(TOPICS)
            self.random.shuffle(order)
            for topic in order:
                words = {
                    "place": self.random.choice(ESTATES),
                    "road": self.random.choice(ROADS),
                    "bus": self.random.choice(BUSES),
                    "n": self.random.randint(2, 9) * 6,
                }
                choice = self.random.randrange(len(topic["bodies"]))
                yield {
                    "title": topic["titles"][choice].format(**words),
                    "body": topic["bodies"][choice].format(**words),
                    "group": topic["group"],
                    "category": topic["category"],
                }

    def _at(self, at: datetime, act: Callable[[], Any]) -> None:
        now = timezone.now()
        self.events.append(Event(min(at, now - timedelta(minutes=5)), len(self.events), act))

    def _plan_one(self, index: int, ending: str, at: datetime, text: dict[str, str]) -> None:
        # two in three in the home subdistrict of the cast, the rest over the others
        home = index % 3 != 2
        division = self.divisions[0] if home else self.divisions[1 + index % (len(self.divisions) - 1)]
        near = self.communities[division.pk]
        community = self.random.choice(near) if near and index % 5 else None
        channel = ""
        if ending == "diverted":
            key, title, body = DIVERSIONS[index % len(DIVERSIONS)]
            text = {**text, "title": title, "body": body, "group": "unsure", "channel": key}
            channel = key
        self._at(at, lambda: self._submit(index, ending, division, community, text))
        later = at + timedelta(hours=self.random.randint(3, 40))
        for step in self._steps(ending):
            self._at(later, lambda step=step: self._step(index, step, channel))  # type: ignore[misc]
            later += timedelta(days=self.random.randint(1, 12))
        if ending in {"published", "screening", "adopted", "not_adopted"}:
            self._plan_supports(index, at + timedelta(days=2))

    def _steps(self, ending: str) -> list[str]:
        return {
            "returned": ["return"],
            "rejected": ["reject"],
            "diverted": ["divert"],
            "merged": ["merge"],
            "voided": ["void"],
            "submitted": [],
            "under_review": ["take"],
            "published": ["publish"],
            "confidential": ["publish"],
            "screening": ["publish", "screen"],
            "adopted": ["publish", "screen", "adopt"],
            "not_adopted": ["publish", "screen", "decline"],
            "withdrawn": ["publish", "withdraw"],
        }.get(
            ending,
            [{"returned": "return", "rejected": "reject", "diverted": "divert", "merged": "merge"}.get(ending, "void")],
        )

    def _plan_supports(self, index: int, at: datetime) -> None:
        count = min(int(self.random.expovariate(1 / 4)), len(self.neighbours) - 1)
        for person in self.random.sample(self.neighbours, count):
            self._at(at + timedelta(hours=self.random.randint(1, 60)), lambda p=person: self._support(index, p))  # type: ignore[misc]

    def _plan_imports(self) -> None:
        texts = self._texts()
        for number in range(1, 13):
            at = self.start - timedelta(days=number * 9 + 5)  # answered, then imported
            text = next(texts)
            message = services.ImportedMessage(
                source="示例平台",
                external_number=f"S{number:04d}",
                title=text["title"],
                body=text["body"],
                submitted_at=at,
                reply_text="您好，来信收悉。经现场核实，情况属实，已安排处理，感谢您的关心。" if number % 2 else "",
                replied_on=timezone.localdate(at + timedelta(days=12)) if number % 2 else None,
                reply_unit="望春门街道办事处（示例）" if number % 2 else "",
                supports=number * 3,
                opposes=number % 4,
            )
            self._at(
                self.start + timedelta(hours=number),
                lambda m=message: services.import_message(message=m, division=self.divisions[0], publishes=True),  # type: ignore[misc]
            )

    # --- doing ------------------------------------------------------------------------------------------------
    def run(self) -> None:
        for event in sorted(self.events):
            with clock_at(event.at):
                event.act()

    def _submit(
        self, index: int, ending: str, division: Division, community: Division | None, text: dict[str, str]
    ) -> None:
        common = {
            "form_key": f"demo-proposal-{index:04d}",
            "division": division,
            "community": community,
            "title": text["title"],
            "body": text["body"],
            "category_group": text["group"],
            "is_confidential": ending == "confidential",
        }
        if index % 7 == 3 and division == self.divisions[0] and ending != "withdrawn":
            channel = [Channel.HOME_VISIT, Channel.CALL, Channel.WALK_IN, Channel.GROUP_CHAT][index % 4]
            made = services.enter_for_resident(by=self.cast["committee"], channel=channel, name="王示例", **common)
        else:
            author = self.neighbours[(index * 5) % len(self.neighbours)]
            made = services.submit_proposal(author=author, name=("张示例", "", "刘示例")[index % 3], **common)
        self.made[index] = made.proposal

    def _reviewer(self, row: Proposal) -> Any:
        return self.cast["moderator"] if row.division.code.startswith(("430381", "4301")) else self.cast["admin"]

    def _screener(self, row: Proposal) -> Any:
        return self.cast["committee"] if row.division == self.divisions[0] else self.cast["admin"]

    def _step(self, index: int, step: str, channel: str) -> None:
        row = Proposal.objects.select_related("division", "review", "author").get(pk=self.made[index].pk)
        reviewer, screener = self._reviewer(row), self._screener(row)
        if step == "take":
            services.take_for_review(proposal=row, by=reviewer)
        elif step == "publish":
            services.publish_proposal(proposal=row, by=reviewer)
            self.targets.append(index)
        elif step == "return":
            services.return_for_correction(proposal=row, by=reviewer, reason=REASONS["returned"])
        elif step == "reject":
            services.reject_proposal(proposal=row, by=reviewer, reason=REASONS["rejected"])
        elif step == "divert":
            services.divert_proposal(proposal=row, by=reviewer, channel=channel)
        elif step == "merge":
            self._merge(row, reviewer)
        elif step == "screen":
            services.start_screening(proposal=row, by=screener)
        elif step == "adopt":
            route, level, reason = ADOPTED[index % len(ADOPTED)]
            services.adopt_proposal(proposal=row, by=screener, route=route, matter_level=level, reason=reason)
        elif step == "decline":
            services.decline_proposal(proposal=row, by=screener, reason=REASONS["not_adopted"])
        elif step == "withdraw":
            services.withdraw_proposal(proposal=row, by=row.author, reason=REASONS["withdrawn"])
        else:
            services.void_proposal(proposal=row, by=screener, reason=REASONS["voided"])

    def _merge(self, row: Proposal, reviewer: Any) -> None:
        """Into a public one of the same subdistrict; where there is none it is published instead."""
        candidates = Proposal.objects.open_to_support().filter(division=row.division, source="").exclude(pk=row.pk)
        target = candidates.order_by("-published_at").first()
        if target is None:
            services.publish_proposal(proposal=row, by=reviewer)
            return
        services.merge_proposal(proposal=row, by=reviewer, target=target, reason="反映的是同一件事。")

    def _support(self, index: int, person: Any) -> None:
        row = Proposal.objects.get(pk=self.made[index].pk)
        if row.is_open_to_support and row.author_id != person.pk and row.entered_by_id != person.pk:
            services.support_proposal(proposal=row, user=person)
            if person.pk % 3 == 0:
                follow(user=person, subject_kind="proposal", subject_key=row.number)
