"""The home page's own sections; a feature that lies lower offers its own through `registry`."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from liaison_stations.receptions.selectors.schedule import Chosen, next_receptions, schedule_is_empty
from portal.jurisdictions.selectors import chosen_division, full_names

from .rules.figures import Share
from .selectors import latest_news, latest_proposals, most_supported, proposal_figures

FIGURES_DAYS, DISCUSSED_DAYS, NEXT = 365, 120, 3


def latest(request: HttpRequest) -> dict[str, Any]:
    """最新建议: of the remembered division, or of everywhere where it has none yet."""
    division = chosen_division(request.COOKIES)
    proposals = latest_proposals(division) if division else []
    if not proposals:
        division, proposals = None, latest_proposals()
    return {
        "proposals": proposals,
        "division": division,
        "names": full_names([row.community or row.division for row in proposals]),
    }


def receptions(request: HttpRequest) -> dict[str, Any] | None:
    """近期接待: the next ones of the remembered division; without one, where to look them up."""
    if schedule_is_empty():
        return None
    division = chosen_division(request.COOKIES)
    return {"division": division, "rows": next_receptions(Chosen(division=division), NEXT) if division else []}


def discussed(request: HttpRequest) -> dict[str, Any] | None:
    """正在征求附议: what is open and backed most."""
    since = timezone.now() - timedelta(days=DISCUSSED_DAYS)
    division = chosen_division(request.COOKIES)
    proposals = most_supported(since, division)
    if not proposals:
        return None
    names = full_names([row.community or row.division for row in proposals])
    return {"proposals": proposals, "division": division, "names": names}


def figures(request: HttpRequest) -> dict[str, Any] | None:
    """说到做到: counted from the record, each rate with what it is a rate of."""
    division = chosen_division(request.COOKIES)
    found = proposal_figures(timezone.now() - timedelta(days=FIGURES_DAYS), division)
    if not found.received:
        return None
    items = [
        {"label": _("收到居民建议"), "value": found.received, "unit": _("件"), "note": _("近12个月，不含历史导入")},
        _item(_("已审核"), found.reviewed, _("%(part)d/%(whole)d 件收到的建议")),
        _item(_("有研判结论"), found.decided, _("%(part)d/%(whole)d 件公开的建议")),
        _item(pgettext("history", "采纳"), found.adopted, _("%(part)d/%(whole)d 件有结论的建议")),
    ]
    return {"items": items, "division": division}


def _item(label: str, rate: Share, note: str) -> dict[str, Any]:
    if rate.is_too_small:
        return {"label": label, "value": _("样本不足"), "note": _("少于5件，不计算比例"), "is_small": True}
    return {"label": label, "value": rate.percent, "note": note % {"part": rate.part, "whole": rate.whole}}


def notices(request: HttpRequest) -> dict[str, Any] | None:
    return _news(request, "notice")


def news(request: HttpRequest) -> dict[str, Any] | None:
    return _news(request, "news")


def _news(request: HttpRequest, kind: str) -> dict[str, Any] | None:
    found = latest_news(kind, division=chosen_division(request.COOKIES))
    return {"columns": found.columns, "news": found.news} if found else None
