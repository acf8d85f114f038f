"""Run in the served portal: a word of its own in every text of the demo that no stranger may read, and the word
CONTROL in a text that everybody may.

Answers {word: where it was planted}; what the database itself keeps empty or unchangeable is left out.
"""

import os

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import Q

CANARY = os.environ["CANARY"]
NOT_PUBLIC = Q(published_at__isnull=True) | Q(hidden_at__isnull=False) | Q(is_confidential=True)
CLOSED = Q(is_confidential=True) | Q(hidden_at__isnull=False)
EVERYWHERE = Q()
# model: (which rows, their texts)
SECRETS: dict[str, tuple[Q, tuple[str, ...]]] = {
    "moderation.Review": (EVERYWHERE, ("original_title", "original_body")),
    "moderation.Report": (EVERYWHERE, ("note", "text")),
    "moderation.Appeal": (EVERYWHERE, ("text",)),
    "proposals.Proposal": (NOT_PUBLIC, ("title", "body", "reply_text")),
    "proposals.Author": (EVERYWHERE, ("name",)),
    "discussion.Comment": (~Q(state="published"), ("body",)),
    "discussion.CommentText": (~Q(comment__state="published"), ("body",)),
    "snaps.SnapReport": (Q(published_at__isnull=True) | Q(hidden_at__isnull=False), ("text", "place", "feedback")),
    "ledger.LedgerItem": (CLOSED, ("title", "summary", "confidential_reason")),
    "ledger.InternalNote": (EVERYWHERE, ("text",)),
    "ledger.Assignment": (EVERYWHERE, ("opinion",)),
    "ledger.Contact": (EVERYWHERE, ("note",)),
    "ledger.Party": (EVERYWHERE, ("name",)),
    "ledger.Letter": (EVERYWHERE, ("body", "late_reason")),
    "ledger.LetterItem": (EVERYWHERE, ("note",)),
    "ledger.ReplyTemplate": (EVERYWHERE, ("name", "text")),
    "ledger.DeputySuggestion": (EVERYWHERE, ("precheck",)),
    "evaluations.Answer": (EVERYWHERE, ("reason", "comment")),
    "evaluations.SecretAnswer": (EVERYWHERE, ("comment",)),
    "evaluations.EvaluationComment": (Q(is_public=False), ("text",)),
    "records.ReceptionRecord": (EVERYWHERE, ("name", "said")),
    "deputy_messages.DeputyMessage": (EVERYWHERE, ("name", "body", "answer")),
    "receptions.Booking": (EVERYWHERE, ("name",)),
    "receptions.MonthPlan": (EVERYWHERE, ("return_reason",)),
    "accounts.User": (EVERYWHERE, ("real_name", "address")),
    "outbox.Message": (EVERYWHERE, ("title", "body")),
    "outbox.Delivery": (EVERYWHERE, ("problem",)),
    "outbox.NoticeTask": (EVERYWHERE, ("script",)),
    "outbox.NoticeTry": (EVERYWHERE, ("note",)),
    "corrections.Correction": (EVERYWHERE, ("words", "contact")),
    "operations.JobRun": (EVERYWHERE, ("outcome",)),
}  # fmt: skip


apps.get_model("proposals.Proposal").objects.readable().update(title=os.environ["CONTROL"])
answer = {}
for label, (where, names) in SECRETS.items():
    model: type[models.Model] = apps.get_model(label)
    for name in names:
        word = f"{CANARY}{len(answer):02d}"
        try:
            with transaction.atomic():
                rows = model._base_manager.filter(pk__in=model._base_manager.filter(where).values("pk"))
                if rows.update(**{name: word}):
                    answer[word] = f"{label}.{name}"
        except DatabaseError:
            continue
