"""Fill the database of DATABASE_URL with N public proposals and N ledger items, in bulk: python scripts/bench_data.py N

Topics follow what residents write about; the rows are as the services would leave them, without trail and messages.
"""

import logging
import os
import random
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

from scripts import bench_discussion, bench_evaluations, bench_ledger, bench_receptions

PLACES = ["小区东门", "菜市场", "学校门口", "公交站旁", "三栋楼下", "河堤步道", "社区广场", "背街小巷"]
THINGS = ["路灯", "电梯", "充电桩", "下水道", "健身器材", "停车位", "垃圾桶", "消防通道", "雨棚", "斑马线"]
TROUBLES = ["坏了很久", "经常被占用", "数量不够", "存在安全隐患", "晚上看不清", "下雨就积水", "无人维护", "噪声很大"]
WISHES = ["希望尽快维修", "建议增设一处", "请安排人员巡查", "建议统一规划", "希望公布处理时间"]
BATCH = 2000


def main(count: int) -> None:
    import django

    django.setup()
    logging.getLogger("wagtail").setLevel(logging.WARNING)  # a line for each of nine hundred stations
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    from participation.moderation.models import Review
    from participation.moderation.states import ReviewState
    from participation.proposals.models import Proposal
    from participation.proposals.states import State
    from portal.jurisdictions import demo as jurisdictions
    from portal.jurisdictions.models import Division

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with open(os.devnull, "w") as silence:
        call_command("seed_divisions", stdout=silence)
    jurisdictions.load()  # without a site profile every page leads to the set-up wizard
    streets = list(Division.objects.filter(level=Division.Level.SUBDISTRICT))
    chance = random.Random(1)  # noqa: S311 - the same data every time
    now = timezone.now()

    def text() -> tuple[str, str]:
        place, thing, trouble = chance.choice(PLACES), chance.choice(THINGS), chance.choice(TROUBLES)
        more = "".join(f"{chance.choice(PLACES)}的{chance.choice(THINGS)}{chance.choice(TROUBLES)}，" for _ in range(4))
        return f"{place}{thing}{trouble}", f"{place}的{thing}{trouble}，{more}{chance.choice(WISHES)}。"

    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        texts, places = [text() for _ in numbers], [chance.choice(streets) for _ in numbers]
        whens = [now - timedelta(minutes=7 * number) for number in numbers]
        common = [
            (f"JY-{(place.code or '')[:9]}-2026-{number:06d}", place, when, *words)
            for number, place, when, words in zip(numbers, places, whens, texts, strict=True)
        ]
        with transaction.atomic():
            reviews = Review.objects.bulk_create(
                Review(
                    kind="proposal",
                    subject_key=key,
                    division=place,
                    original_title=title,
                    original_body=body,
                    public_title=title,
                    public_body=body,
                    state=ReviewState.PUBLISHED,
                    submitted_at=when,
                )
                for key, place, when, title, body in common
            )
            Proposal.objects.bulk_create(
                Proposal(
                    number=key,
                    last_six=key[-6:],
                    review=review,
                    state=chance.choice([State.SCREENING, State.ADOPTED, State.NOT_ADOPTED]),
                    division=place,
                    title=title,
                    body=body,
                    author_label="居民",
                    submitted_at=when,
                    published_at=when,
                    state_since=when,
                    support_count=int(chance.expovariate(0.1)),
                )
                for review, (key, place, when, title, body) in zip(reviews, common, strict=True)
            )
    bench_ledger.fill(count, streets, chance, now, text)
    bench_receptions.fill(count, streets)
    bench_discussion.fill(count)
    bench_evaluations.fill(count)
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        # what the autovacuum of a server in use has done long before
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
