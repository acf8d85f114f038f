"""Reaching upward: what each owner of a reviewed text does on a reviewer's verb.

An owner (proposal, comment, message, photo) registers one `ReviewOwner` per kind from `AppConfig.ready()`. Every verb
is the owner's own service: it locks the owner's row first, then calls `moderation.services.conclude_review`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from portal.jurisdictions.models import Division

if TYPE_CHECKING:
    from .models import Review


@dataclass(frozen=True)
class PhotoSummary:
    """A photo beside the text; the addresses open for authorised persons only."""

    key: int
    url: str
    small_url: str
    alt: str
    is_withheld: bool


@dataclass(frozen=True)
class OwnerSummary:
    """What the queue shows of the owner beside the text; all plain words."""

    number: str
    title: str
    state: str
    facts: tuple[tuple[str, str], ...] = ()
    promised_on: date | None = None
    public_url: str = ""
    admin_url: str = ""
    category: str = ""
    photos: tuple[PhotoSummary, ...] = ()
    name: str = ""  # how people call it where it has no number of its own; holds none of its words
    matter: tuple[str, str] = ("", "")  # kind and key of what it belongs to: messages about it stand with that


@dataclass(frozen=True)
class Choice:
    """One selectable target or channel, with a line that helps to choose."""

    value: str
    label: str
    hint: str = ""
    is_likely: bool = False  # what was written hints at it


# A verb takes keyword arguments only: review, by, reason, and those it declares (public_title, target, channel …).
VerbHandler = Callable[..., None]


@dataclass(frozen=True)
class ReviewOwner:
    """How one kind of owner answers the reviewers. A missing verb is not offered."""

    label: str
    resolve: Callable[[Iterable["Review"]], Mapping[int, OwnerSummary]]  # by review id, constant number of queries
    allowed_verbs: Callable[["Review", Any], frozenset[str]]  # for this user, now
    claim: VerbHandler | None = None
    release: VerbHandler | None = None
    publish: VerbHandler | None = None
    return_for_correction: VerbHandler | None = None
    reject: VerbHandler | None = None
    divert: VerbHandler | None = None
    merge: VerbHandler | None = None
    transfer: VerbHandler | None = None
    hide: VerbHandler | None = None
    restore: VerbHandler | None = None
    confirm_hiding: VerbHandler | None = None
    reconsider: VerbHandler | None = None  # after a granted appeal; never offered in the queue
    classify: VerbHandler | None = None
    withhold_photo: VerbHandler | None = None
    merge_candidates: Callable[["Review"], list[Choice]] = field(default=lambda review: [])
    all_channels: Callable[[], list[Choice]] = field(default=list)
    channels: Callable[["Review"], list[Choice]] = field(default=lambda review: [])
    categories: Callable[["Review"], list[Choice]] = field(default=lambda review: [])
    verb_labels: Mapping[Any, Any] = field(default_factory=dict)  # words for the trail's verbs and states
    has_title: bool = True
    takes_public_note: bool = False  # its `hide` takes `public_note`, shown where the text stood
    subject_kind: str = ""
    author_label: Any = ""  # who is told the reason: 建议人, 上报人 …; "" where nobody is known
    # for what is reviewed only once somebody reports it: a review not yet stored, or None for an unknown key
    unreviewed: Callable[[str], "Review | None"] | None = None

    def handler(self, verb: str) -> VerbHandler | None:
        handler: VerbHandler | None = getattr(self, str(verb), None)
        return handler


@dataclass(frozen=True)
class Part:
    """A single photo or a summary as its owner knows it now; `visible_to` is about the page it stands on."""

    key: str
    title: str
    url: str
    division: Division
    is_public: bool
    visible_to: Callable[[Any], bool]
    text: str = ""
    author: Any = None
    admin_url: str = ""
    photo: PhotoSummary | None = None


@dataclass(frozen=True)
class PartKind:
    """What became public with something else and is looked at by itself only once somebody reports it.

    `set_hidden(key=…, is_hidden=…, text=…)` locks the owner's row and takes the part away from every public place,
    or brings it back with `text`. `notice_kind` is the outbox kind under which its author hears of it.
    """

    kind: str
    label: Any
    find: Callable[[Iterable[str]], Mapping[str, Part]]  # by key, constant number of queries
    set_hidden: Callable[..., None]
    notice_kind: str


_owners: dict[str, ReviewOwner] = {}


def register_owner(kind: str, owner: ReviewOwner) -> None:
    _owners[kind] = owner


def owner_of(kind: str) -> ReviewOwner:
    return _owners[kind]


def owners() -> Mapping[str, ReviewOwner]:
    return dict(_owners)
