"""Reading messages, deliveries and tasks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import site_name
from portal.trail.subjects import subjects_of

from .models import ChannelRest, Delivery, DigestHour, Message, NoticeTask, Preference, SmsDay
from .registry import absent_people, contact_of, kind_of, kinds
from .rules import AUTO, EMAIL, SMS, Contact, Wish
from .states import DeliveryState, NoticeTaskState

UNSUBSCRIBE_SALT = "portal.outbox.unsubscribe"
UNREAD_SHOWN = 99


def sender_sign() -> str:
    """短信签名, at the head of every text: SMS_SIGN as registered with the carrier, else the name of the site."""
    return f"【{settings.SMS_SIGN or site_name()}】"


def inbox(user: Any) -> QuerySet[Message]:
    return Message.objects.filter(recipient=user)


def with_titles(user: Any, rows: Sequence[Any]) -> None:
    """Each message gets `shown_title`: the matter's title in place of its number, where this person may see it."""
    keys: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        keys[row.subject_kind].append(row.subject_key)
    known = {(kind, key): subject for kind in keys for key, subject in subjects_of(kind, keys[kind]).items()}
    for row in rows:
        subject = known.get((row.subject_kind, row.subject_key))
        row.shown_title = row.title
        if subject and subject.title not in row.title and subject.visible_to(user):
            name, is_numbered = f"《{subject.title_for(user)}》", row.subject_key in row.title
            row.shown_title = row.title.replace(row.subject_key, name) if is_numbered else f"{name}{row.title}"


def by_matter(user: Any, rows: Sequence[Message]) -> list[dict[str, Any]]:
    """[{"title", "messages", "first", "unread"}]: those of one matter together, titled where there are several."""
    groups: dict[tuple[str, str], list[Message]] = {}
    for row in rows:
        alone = ("", f"message {row.pk}")
        groups.setdefault((row.subject_kind, row.subject_key) if row.subject_key else alone, []).append(row)
    several = [matter for matter, messages in groups.items() if len(messages) > 1]
    names = matter_names(user, several)
    return [
        {
            "title": names.get(matter, ""),
            "first": messages[0],
            "messages": messages,
            "unread": sum(message.read_at is None for message in messages),
        }
        for matter, messages in groups.items()
    ]


def matter_names(reader: Any, matters: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For mails, by (kind, key): the public title, the number where it may not be told, "" for no matter."""
    keys: dict[str, list[str]] = defaultdict(list)
    names = {}
    for kind, key in matters:
        keys[kind].append(key)
        names[kind, key] = key
    for kind, known in keys.items():
        for key, subject in subjects_of(kind, known).items():
            if subject.visible_to(reader) and not subject.is_confidential:
                names[kind, key] = subject.title
    return names


def unread_count(user: Any) -> int:
    """Unread messages, counted up to one more than is shown."""
    if not user.is_authenticated:
        return 0
    return Message.objects.filter(recipient=user, read_at=None)[: UNREAD_SHOWN + 1].count()


def unsubscribe_token(user: Any, kind: str) -> str:
    return signing.dumps([user.trail_id, kind], salt=UNSUBSCRIBE_SALT)


def unsubscribe_wish(token: str) -> tuple[str, str] | None:
    """(trail_id, kind) out of a link we wrote; such links never grow old."""
    try:
        trail_id, kind = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return trail_id, kind


def wishes_of(users: Collection[Any], kind: str) -> dict[Any, Wish]:
    """{user key: how they want to hear} of one kind, for all the users (keys) in one query."""
    return {user: wishes[kind] for user, wishes in _wishes(users, [kind]).items()}


def wishes_by_kind(user: Any, asked: Collection[str]) -> dict[str, Wish]:
    return _wishes([user.pk], asked)[user.pk]


def _wishes(users: Collection[Any], asked: Collection[str]) -> dict[Any, dict[str, Wish]]:
    """The row of the kind counts, else the row for every kind (which leaves one's duties alone), else the usual."""
    rows = Preference.objects.filter(user__in=users, kind__in=[*asked, "", Preference.DIGESTS])
    said = {(row.user_id, row.kind, row.channel): row.frequency for row in rows}

    def wish(user: Any, kind: str) -> Wish:
        general = "" if kind_of(kind).is_listed else kind
        email = said.get((user, kind, EMAIL)) or said.get((user, general, EMAIL)) or kind_of(kind).usual
        sms = said.get((user, kind, SMS)) or said.get((user, general, SMS)) or AUTO
        return Wish(email, sms, digests=(user, Preference.DIGESTS, EMAIL) not in said)

    return {user: {kind: wish(user, kind) for kind in asked} for user in users}


def preferences(user: Any) -> list[dict[str, Any]]:
    """Every listed kind, and those the person received or has a row of: {"key", "label", "by_sms", "wish"}."""
    chosen = Preference.objects.filter(user=user).exclude(kind__in=["", Preference.DIGESTS])
    keys = {key for key, kind in kinds.items() if kind.is_listed} | set(chosen.values_list("kind", flat=True))
    unlisted = [key for key, kind in kinds.items() if not kind.is_listed]
    keys |= set(Message.objects.filter(recipient=user, kind__in=unlisted).values_list("kind", flat=True).distinct())
    order = [key for key in kinds if key in keys] + sorted(keys - kinds.keys())
    wishes = wishes_by_kind(user, order)
    return [
        {"key": key, "label": kind_of(key).label, "by_sms": kind_of(key).by_sms, "wish": wishes[key]} for key in order
    ]


def digest_hour(user: Any) -> int:
    row = DigestHour.objects.filter(user=user).first()
    return row.hour if row else settings.OUTBOX_DIGEST_HOUR


def digests_are_refused(user: Any) -> bool:
    return Preference.objects.filter(user=user, kind=Preference.DIGESTS, channel=EMAIL).exists()


def deliveries_for_staff() -> QuerySet[Delivery]:
    """What needs a decision: uncertain and failed. Tasks in person have their own screen."""
    return (
        Delivery.objects.exclude(channel__in=[Delivery.Channel.SITE, Delivery.Channel.VISIT])
        .filter(state__in=[DeliveryState.UNCERTAIN, DeliveryState.FAILED])
        .select_related("message__recipient")
    )


def notice_tasks_for(user: Any) -> QuerySet[NoticeTask]:
    """One's own, and those in the divisions where one may record them; without a division they need a wider post."""
    tasks = NoticeTask.objects.select_related("delivery__message__recipient", "division", "assignee")
    if user.is_superuser:
        return tasks
    divisions = Division.objects.filter(pk__in=NoticeTask.objects.values("division"))
    allowed = [division.pk for division in divisions if user.has_perm("outbox.change_noticetask", division)]
    scope = Q(division__in=allowed) | Q(assignee=user)
    if user.has_perm("outbox.change_delivery"):
        scope |= Q(division=None)
    return tasks.filter(scope)


def people_to_tell(task: NoticeTask) -> list[Contact]:
    """Whom the task is about, as they stand now: an account, or those whose words the assignee wrote down."""
    message = task.delivery.message
    if task.assignee_id is None:
        return [contact_of(message.recipient)]
    absent = absent_people(message.subject_kind, message.subject_key)
    mine = [person for person in absent if person.entered_by == message.recipient_id]
    return [Contact(name=person.name, telephone=person.telephone) for person in mine or absent]


def notice_task_counts(user: Any) -> dict[str, int]:
    """For the admin home: open (second tries among them), of these one's own, and told."""
    waiting = Q(state__in=[NoticeTaskState.OPEN, NoticeTaskState.SECOND_TRY])
    counts: dict[str, int] = notice_tasks_for(user).aggregate(
        open=Count("pk", filter=waiting),
        mine=Count("pk", filter=waiting & Q(assignee=user)),
        told=Count("pk", filter=Q(state=NoticeTaskState.TOLD)),
    )
    return counts


def queue_trouble() -> dict[str, int]:
    """What `doctor` asks: uncertain and failed deliveries, and how many waited more than a day (summaries: two)."""
    now = timezone.now()
    yesterday, day_before = now - timedelta(days=1), now - timedelta(days=2)
    outside = Delivery.objects.exclude(channel=Delivery.Channel.VISIT)
    waiting = outside.filter(state=DeliveryState.QUEUED)
    return {
        "uncertain": outside.filter(state=DeliveryState.UNCERTAIN).count(),
        "failed": outside.filter(state=DeliveryState.FAILED).count(),
        "waiting": waiting.filter(
            ~Q(channel=Delivery.Channel.DIGEST) & Q(due_at__lt=yesterday) | Q(due_at__lt=day_before)
        ).count(),
    }


def resting_channels() -> QuerySet[ChannelRest]:
    return ChannelRest.objects.order_by("channel")


def texts_are_spent() -> bool:
    """Whether today's SMS_DAILY_LIMIT is reached and text messages wait for it."""
    limit = settings.SMS_DAILY_LIMIT
    waiting = Delivery.objects.filter(channel=SMS, state=DeliveryState.QUEUED, due_at__lte=timezone.now())
    spent = SmsDay.objects.filter(day=timezone.localdate(), parts__gte=limit)
    return bool(limit) and spent.exists() and waiting.exists()


def personal_data(user: Any) -> list[dict[str, Any]]:
    """The person's messages, for the export of one's own data."""
    fields = ["kind", "title", "body", "url", "created_at", "read_at"]
    return list(Message.objects.filter(recipient=user).order_by("created_at").values(*fields))
