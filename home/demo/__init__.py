"""The editors' site of the demo: columns with articles, standing pages, documents, and drafts in every stage."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from participation.proposals.models import Proposal
from portal.jurisdictions.models import Division

from ..models import (
    DocumentIndexPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    NewsProposal,
    PortalDocument,
    PortalImage,
    StandardPage,
)
from .pictures import FOCUS, MOTIFS, TITLES, drawn

ARTICLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "articles.json").read_text(encoding="utf-8"))
KEEPER = "街道人大工委办公室（示例）"
DOCUMENTS = [
    (
        "plan",
        "年度议事工作计划（示例）",
        "全年会议、调研和票选的安排。",
        "一、会议安排\n二、调研安排\n三、民生实事票选\n",
    ),
    (
        "rule",
        "居民议事会议事规则（示例）",
        "怎样开会、怎样发言、怎样形成意见。",
        "第一条 目的\n第二条 会议\n第三条 发言\n",
    ),
    (
        "funding",
        "议事工作经费保障办法（示例）",
        "经费从哪里来、能用在哪里、怎样公开。",
        "一、来源\n二、用途\n三、公开\n",
    ),
    (
        "report",
        "上半年议事工作报告（示例）",
        "收到、办理、答复、评价的情况。",
        "一、基本情况\n二、办理情况\n三、下一步\n",
    ),
    ("form", "居民建议纸质表（示例）", "不方便上网的，打印填写后交给社区。", "姓名：\n地点：\n建议内容：\n"),
]
ABOUT = [
    ("heading", {"text": "它做什么", "level": "h2"}),
    ("paragraph", "<p>居民议事会听取居民意见、讨论身边的公共事务、提出书面意见，督促意见得到办理和答复。</p>"),
    ("steps", {"title": "一件事怎样走完", "steps": [
        {"title": "群众出题", "text": "居民提出建议，社区和议事代表上门听取。"},
        {"title": "协商定题", "text": "审核、征求附议、研判，确定先议哪些事。"},
        {"title": "街道答题", "text": "承办单位限期办理，公开答复。"},
        {"title": "监督评题", "text": "提出的人和议事代表评价办得怎么样。"},
    ]}),
    ("clause", {"clause": "C01", "note": ""}),
    ("contact", {"name": "望春门街道人大代表联络站（示例）", "phone": "0731-00000000", "address": "（待填）",
                 "hours": "工作日 9:00–17:00"}),
]  # fmt: skip
FUNDING = [
    ("paragraph", "<p>议事工作所需经费列入街道年度预算。本页说明经费用在哪里，数字由街道财务部门提供后填写。</p>"),
    ("table", {"caption": "经费用途", "rows": "用途 | 说明 | 本年预算\n会议 | 场地、资料 | （待填）\n"
               "调研走访 | 交通、误餐 | （待填）\n培训 | 讲课、教材 | （待填）"}),
    ("note", {"title": "怎样监督", "text": "对经费使用有疑问，可以向街道人大工委提出，答复会公开。"}),
]  # fmt: skip


@transaction.atomic
def load_pages(cast: dict[str, Any]) -> int:
    """All of it or nothing; returns how many articles were made, 0 when they are there already."""
    if NewsPage.objects.exists():
        return 0
    return Loader(cast).run()


class Loader:
    def __init__(self, cast: dict[str, Any]) -> None:
        self.cast = cast
        self.now = timezone.now()
        codes = {each["at"] for each in ARTICLES}
        self.divisions = {row.code: row for row in Division.objects.filter(code__in=codes)}
        self.proposals = list(Proposal.objects.readable().order_by("-support_count", "pk")[:12])
        self.columns = {each.slug: each for each in NewsIndexPage.objects.all()}
        self.used = 0

    def run(self) -> int:
        NewsIndexPage.objects.filter(keeper="").update(keeper=KEEPER)
        self.pictures = {motif: self.picture(motif) for motif in MOTIFS}
        for number, article in enumerate(ARTICLES):
            self.article(article, self.published_at(number, article["column"]), number)
        home = HomePage.objects.get()
        self.standard(home, "居民议事会是什么", "about", "议事会做什么、怎么做、找谁。", ABOUT)
        self.standard(home, "经费保障", "funding", "议事工作的钱从哪里来、用到哪里去。", FUNDING)
        library = DocumentIndexPage(
            title="文件库",
            slug="library",
            introduction="工作计划、制度规则和经费保障文件，可以下载。",
            division=self.own_division,
        )
        home.add_child(instance=library)
        for document in DOCUMENTS:
            self.document(*document)
        self.drafts()
        return len(ARTICLES)

    @property
    def own_division(self) -> Any:
        """The editor's, who so keeps the standing pages as well."""
        return self.cast["editor"].role_assignments.get().division

    def published_at(self, number: int, column: str) -> datetime:
        """News every few days up to the day before yesterday; policies are rarer, and one column is nearly overdue."""
        place = sum(each["column"] == column for each in ARTICLES[:number])
        first, step = {"activity": (2, 6), "notices": (4, 14), "policies": (20, 30), "duty": (12, 9)}[column]
        return self.now - timedelta(days=first + place * step, hours=number % 7)

    def picture(self, motif: str) -> PortalImage:
        x, y, width, height = FOCUS[motif]
        return PortalImage.objects.create(
            title=TITLES[motif],
            file=ContentFile(drawn(motif), name=f"demo-{motif}.png"),
            credit="本站绘制（示例）",
            division=self.own_division,
            uploaded_by_user=self.cast["editor"],
            focal_point_x=x,
            focal_point_y=y,
            focal_point_width=width,
            focal_point_height=height,
        )

    def article(self, article: dict[str, Any], at: datetime, number: int) -> None:
        page = NewsPage(
            title=f"{article['title']}（示例）",
            slug=f"example-{number + 1}",
            summary=article["summary"],
            source="街道人大工委（示例）",
            author="编辑示例",
            editor="编辑示例",
            reviewer="审核员示例",
            division=self.divisions.get(article["at"]),
            lead_image=self.pictures.get(article.get("picture", "")),
            lead_image_alt=article.get("alt", ""),
            body=blocks_of(article),
            published_at=at,
            first_published_at=at,
            last_published_at=at,
            owner=self.cast["editor"],
        )
        self.columns[article["column"]].add_child(instance=page)
        for order in range(article.get("proposals", 0) if self.proposals else 0):
            proposal = self.proposals[self.used % len(self.proposals)]
            self.used += 1
            NewsProposal.objects.create(page=page, proposal=proposal, sort_order=order)

    def standard(self, home: HomePage, title: str, slug: str, summary: str, body: list[tuple[str, Any]]) -> None:
        values = [{"type": kind, "value": value} for kind, value in body]
        page = StandardPage(title=title, slug=slug, summary=summary, body=values, division=self.own_division)
        home.add_child(instance=page)

    def document(self, kind: str, title: str, summary: str, text: str) -> None:
        document = PortalDocument(
            title=title,
            kind=kind,
            summary=summary,
            is_listed=True,
            issued_on=timezone.localdate(self.now) - timedelta(days=40),
            division=self.cast["editor"].role_assignments.get().division,
            uploaded_by_user=self.cast["editor"],
        )
        document.file.save(f"demo-{kind}.txt", ContentFile(f"{title}\n\n{text}".encode()), save=False)
        document._set_document_file_metadata()
        document.save()

    def drafts(self) -> None:
        """One waits for the reviewer, one was sent back with a reason, one is still at its editor's desk."""
        editor, moderator = self.cast["editor"], self.cast["moderator"]
        for slug, title in (
            ("waiting", "待审的一篇动态"),
            ("returned", "退回修改的一篇动态"),
            ("draft", "还没写完的一篇动态"),
        ):
            page = NewsPage(
                title=f"{title}（示例）",
                slug=f"example-{slug}",
                summary="用来演示审核流程。",
                source="街道人大工委（示例）",
                editor="编辑示例",
                division=self.divisions["430381001000"],
                body=[{"type": "paragraph", "value": "<p>这篇动态只用来演示怎样送审、退回和发布。</p>"}],
                live=False,
                owner=editor,
            )
            self.columns["activity"].add_child(instance=page)
            page.save_revision(user=editor)
            if slug == "draft":
                continue
            state = page.get_workflow().start(page, editor)
            if slug == "returned":
                task = state.current_task_state.task.specific
                task.on_action(state.current_task_state, moderator, "reject", comment="请写明会议时间和地点。")


def blocks_of(article: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[tuple[str, Any]] = [("paragraph", "".join(f"<p>{text}</p>" for text in article["paragraphs"]))]
    if heading := article.get("heading"):
        found.append(("heading", {"text": heading, "level": "h2"}))
    if items := article.get("list"):
        found.append(("paragraph", "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"))
    if steps := article.get("steps"):
        rows = [{"title": title, "text": text} for title, text in steps["steps"]]
        found.append(("steps", {"title": steps["title"], "steps": rows}))
    if table := article.get("table"):
        found.append(("table", table))
    if note := article.get("note"):
        found.append(("note", {"title": note[0], "text": note[1]}))
    if clause := article.get("clause"):
        found.append(("clause", {"clause": clause, "note": ""}))
    if contact := article.get("contact"):
        found.append(("contact", dict(zip(("name", "phone", "address", "hours"), contact, strict=True))))
    if after := article.get("after"):
        found.append(("paragraph", f"<p>{after}</p>"))
    return [{"type": kind, "value": value} for kind, value in found]
