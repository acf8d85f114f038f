from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _news_about(proposal: Any) -> dict[str, Any] | None:
    from .selectors import news_about

    news = news_about(proposal)
    return {"news": news} if news else None


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("首页")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from participation.proposals.registry import register_related
        from portal.accounts.permissions import grant
        from portal.corrections.registry import register_place_finder
        from portal.frame.navigation import register_footer_link, register_item
        from portal.operations.registry import register_job
        from portal.outbox.registry import register_kind
        from portal.pagecache.registry import register_page
        from portal.pages.adapters.page_rights import RolePagePolicy
        from portal.pages.registry import register_workflow_finder
        from portal.trail.subjects import register_subject

        from .adapters.listening import listen
        from .adapters.media_rights import RoleMediaPolicy
        from .models import PortalDocument, PortalImage
        from .permissions import GRANTS
        from .registry import register_door, register_section
        from .sections import discussed, figures, latest, news, notices, receptions
        from .selectors import (
            news_address,
            pages_as_subjects,
            place_of_page,
            place_of_proposal,
            review_of,
            searches_as_subjects,
        )
        from .services import make_pictures, publish_due

        listen()
        register_workflow_finder(review_of)
        register_job("publish_due_pages", publish_due, every=timedelta(minutes=1))
        register_job("make_pictures", make_pictures, every=timedelta(minutes=1))
        register_kind("page_review", _("稿件审核"), by_sms=False, is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_subject("page", pages_as_subjects, _("页面"))
        register_subject("search", searches_as_subjects, _("搜索"))
        for permission, roles in GRANTS.items():
            grant(permission, roles)
        register_permission_policy(Page, RolePagePolicy())
        # for the exact class: Wagtail registers its own for both models later
        for media in (PortalImage, PortalDocument):
            register_permission_policy(media, RoleMediaPolicy(media), exact_class=True)
        register_item("home", _("首页"), "/", 5, True, in_navigation=False, icon="home")
        # the account floor owns the page; the frame shows it to everyone, and it asks for the log-in itself
        register_item("me", _("我的"), "/me/", 90, True, in_navigation=False, icon="person")
        register_item("news", _("动态"), news_address, 70)
        register_footer_link("trail", _("公开记录的封存与核验"), "trail:home", 30)
        register_page("wagtail_serve", "division", "kind", "q", "cursor")
        register_page("home:search", "q", "kind", "division", "cursor")
        register_page("home:suggestions", "q", "division")
        for name in ("site_map", "sitemap_index", "robots", "security_text"):
            register_page(f"home:{name}")
        register_page("home:sitemap_section", "p")
        for name in ("feed", "proposal_feed", "ledger_feed", "column_feed"):
            register_page(f"home:{name}", "division")
        register_place_finder(place_of_page)
        register_place_finder(place_of_proposal)
        register_footer_link("site_map", _("网站地图"), "home:site_map", 50)
        register_page("frame:accessibility")
        register_page("trail:home")
        register_door("write", _("我要提建议"), "proposals:new", 10, icon="pencil", is_main=True)
        register_door("read", _("看居民建议"), "proposals:list", 20, icon="document")
        register_door("lookup", _("查进度"), "lookup:lookup", 30, icon="search")
        register_section("receptions", "home/receptions_section.html", receptions, 20)
        register_section("figures", "home/figures_section.html", figures, 30)
        register_section("latest", "home/latest_proposals.html", latest, 40)
        register_section("discussed", "home/discussed_section.html", discussed, 45)
        register_section("notices", "home/notices_section.html", notices, 50, is_aside=True)
        register_section("news", "home/news_section.html", news, 60, is_aside=True)
        register_related("news", "home/related_news.html", _news_about, 50)
