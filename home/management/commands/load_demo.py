"""The demo's content: proposals in every state, and the editors' site."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import load_pages
from liaison_stations.deputies.demo import load_demo as load_deputies
from liaison_stations.deputies.demo import load_other_streets
from liaison_stations.messages.demo import load_demo as load_messages
from liaison_stations.receptions.demo import load_demo as load_receptions
from liaison_stations.records.demo import load_demo as load_records
from liaison_stations.stations.demo import load_demo as load_stations
from participation.discussion.demo import load_demo as load_discussion
from participation.evaluations.demo import load_demo as load_evaluations
from participation.ledger.demo import load_demo as load_ledger
from participation.oversight.demo import load_demo as load_oversight
from participation.proposals.demo import load_demo
from participation.snaps.demo import load_demo as load_snaps
from portal.accounts.demo import create_cast, load_committee_posts


class Command(BaseCommand):
    help = "Load the demo's content; safe to repeat. Refuses where DEBUG is off."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG 已关闭：演示数据只供试用，不能写入正式库。")
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # a line for each of two hundred pages
        cast = create_cast()
        self.stdout.write(f"演示工委职务：{load_committee_posts(cast) or '已有'}")
        self.stdout.write(f"演示代表：{load_deputies(cast) + load_other_streets(cast) or '已有'}")
        self.stdout.write(f"演示联络站：{load_stations(cast) or '已有'}")
        self.stdout.write(f"演示接待：{load_receptions(cast) or '已有'}")
        self.stdout.write(f"演示评价：{load_evaluations(cast) or '已有'}")
        made = load_demo(cast)
        self.stdout.write(f"演示建议：{made or '已有'}")
        self.stdout.write(f"演示台账：{load_ledger(cast) or '已有'}")
        self.stdout.write(f"演示讨论：{load_discussion(cast) or '已有'}")
        self.stdout.write(f"演示接待记录：{load_records(cast) or '已有'}")
        self.stdout.write(f"演示留言：{load_messages(cast) or '已有'}")
        self.stdout.write(f"演示随手拍：{load_snaps(cast) or '已有'}")
        self.stdout.write(f"演示工作评议：{load_oversight(cast) or '已有'}")
        self.stdout.write(f"演示文章：{load_pages(cast) or '已有'}")
