from django.db.models import Count, Max

from .models import WordEntry
from .rules import Hit, Matcher, Word

# (stamp of the table, matcher built from it): one per process, rebuilt when the table has changed.
_latest: tuple[object, Matcher] | None = None


def matcher() -> Matcher:
    """The active word list, ready to match; one query while the list is unchanged."""
    global _latest
    stamp = WordEntry.objects.aggregate(n=Count("pk"), changed=Max("updated_at"), last=Max("pk"))
    if _latest is None or _latest[0] != stamp:
        rows = WordEntry.objects.filter(is_active=True).values_list("word", "level", "kind")
        _latest = stamp, Matcher(Word(*row) for row in rows)
    return _latest[1]


def word_hits(text: str) -> list[Hit]:
    """Words of the list in this text, with places in the text as given. For many texts take `matcher()` once."""
    return matcher().hits(text)
