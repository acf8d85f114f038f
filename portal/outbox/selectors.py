"""Reading messages, deliveries and tasks."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import site_name
from portal.trail.subjects import subjects_of

from .models import Delivery, Message, NoticeTask, Preference
from .registry import absent_people, contact_of, kinds
from .rules import Contact
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


def preferences(user: Any) -> list[dict[str, Any]]:
    """Every listed kind and every kind switched off: {"key", "label", "wanted"}."""
    refused = set(Preference.objects.filter(user=user).values_list("kind", flat=True))
    labels = {key: kind.label for key, kind in kinds.items() if kind.is_listed} | {
        key: key for key in refused - kinds.keys()
    }
    return [{"key": key, "label": label, "wanted": key not in refused} for key, label in labels.items()]


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
    """What `doctor` asks: uncertain and failed deliveries, and how many have waited for more than a day."""
    yesterday = timezone.now() - timedelta(days=1)
    outside = Delivery.objects.exclude(channel=Delivery.Channel.VISIT)
    return {
        "uncertain": outside.filter(state=DeliveryState.UNCERTAIN).count(),
        "failed": outside.filter(state=DeliveryState.FAILED).count(),
        "waiting": outside.filter(state=DeliveryState.QUEUED, due_at__lt=yesterday).count(),
    }


def personal_data(user: Any) -> list[dict[str, Any]]:
    """The person's messages, for the export of one's own data."""
    fields = ["kind", "title", "body", "url", "created_at", "read_at"]
    return list(Message.objects.filter(recipient=user).order_by("created_at").values(*fields))
