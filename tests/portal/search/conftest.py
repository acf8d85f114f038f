"""A made-up corpus in Wagtail documents: the title is indexed as title, the tags as body."""

import random

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from modelsearch.backends import get_search_backend
from taggit.models import Tag, TaggedItem
from wagtail.documents import get_document_model

SENTENCES = [
    "老旧小区加装电梯的建议",
    "电梯口的路灯不亮,梯子也旧了",
    "A2区5G基站离居民楼太近",
    "a2区的5g信号不好",
    "㮾梨街道公交站台没有座椅",
    "育塅乡村道路硬化",
    "地铁6号线施工噪音扰民",
    "二〇二六年暖气改造、管道更新",
    "望春门街道：垃圾分类投放点设置不合理",
    "希望在12345热线之外开通社区群",
    "小区“业委会”换届，物业费涨价",
    "学校门口减速带缺失；学生过马路危险",
    "请増設無障礙坡道，方便老人轮椅通行",
    "ＡＢＣ大厦Ｂ座消防通道被占",
    "café旁边的空地建停车场",
    "𠮷祥里巷下水道堵塞",
    "路灯",
    "灯路",
    "电 梯",
    "梯 电梯 电",
]
CHARACTERS = "电梯小区路灯加装改造道路的建议街5gA2㮾 ，。"


def corpus() -> list[tuple[str, str]]:
    chance = random.Random(7)
    rows = [(sentence, "") for sentence in SENTENCES] + [("", sentence) for sentence in SENTENCES]
    for _ in range(260):
        rows.append(tuple("".join(chance.choices(CHARACTERS, k=chance.randint(1, 30))).strip() for _ in range(2)))
    return rows


@pytest.fixture(scope="module")
def indexed(django_db_setup, django_db_blocker):
    """Made once for a module, inside a transaction that is rolled back at its end; each test rolls back to it."""
    model = get_document_model()
    rows = corpus()
    with django_db_blocker.unblock(), transaction.atomic():
        made = model.objects.bulk_create(
            model(title=title, file=f"{number}.txt") for number, (title, _) in enumerate(rows)
        )
        bodies = sorted({body for _, body in rows if body})
        tags = dict(
            zip(bodies, Tag.objects.bulk_create(Tag(name=b, slug=f"t{n}") for n, b in enumerate(bodies)), strict=True)
        )
        content_type = ContentType.objects.get_for_model(model)
        TaggedItem.objects.bulk_create(
            TaggedItem(tag=tags[body], content_type=content_type, object_id=document.pk)
            for document, (_, body) in zip(made, rows, strict=True)
            if body
        )
        get_search_backend().add_bulk(model, made)
        yield [(document, title, body) for document, (title, body) in zip(made, rows, strict=True)]
        transaction.set_rollback(True)


@pytest.fixture
def documents(indexed, db):
    """[(document, title, body)], indexed."""
    return indexed
