"""Atom: what was published, for the same selection as the page."""

from datetime import date, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.jurisdictions.selectors import site_name

from .forms import EvaluationFilterForm
from .models import Publication
from .selectors import cell_of, label_of, result_in_words, with_titles

LENGTH = 30


def _at_start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class EvaluationFeed(Feed):
    """A selection that means nothing is no feed, lest somebody follow an empty one."""

    feed_type = Atom1Feed
    language = "zh-Hans"

    def get_object(self, request: HttpRequest) -> Any:
        form = EvaluationFilterForm(request.GET)
        if form.errors:
            raise Http404
        return form

    def title(self, obj: Any) -> str:
        place = obj.chosen.division.name if obj.chosen.division else ""
        return " - ".join(part for part in (_("评议公开"), place, site_name()) if part)

    def link(self, obj: Any) -> str:
        return reverse("evaluations:list") + obj.query

    def items(self, obj: Any) -> list[Publication]:
        return with_titles(obj.chosen.rows().for_list()[:LENGTH])

    def item_title(self, item: Any) -> str:
        unit = f"（{item.unit.name}）" if item.unit else ""
        return f"{item.shown_title}{unit}"

    def item_description(self, item: Publication) -> str:
        cell, result = cell_of(item), result_in_words(item)
        figures = cell.lines if item.shows_counts else [_("不公布票数")]
        corrected = [
            _("%(day)s更正：%(text)s") % {"day": each.on.isoformat(), "text": each.text}
            for each in item.corrections.all()
        ]
        graded = [_("等次：%s") % result] if result else []
        return "；".join([label_of(item.kind), cell.label, *figures, *graded, *corrected])

    def item_pubdate(self, item: Publication) -> datetime:
        return _at_start_of(item.published_on)

    def item_updateddate(self, item: Publication) -> datetime:
        """A correction is news."""
        latest = max((each.on for each in item.corrections.all()), default=item.published_on)
        return _at_start_of(max(latest, item.published_on))
