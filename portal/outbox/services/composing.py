"""Making letters out of messages: the words are in templates/emails/outbox/."""

from email.utils import formatdate
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from portal.jurisdictions.selectors import site_name

from ..backends.sms import Text
from ..models import Delivery, Message, Preference
from ..registry import kind_of
from ..selectors import matter_names, sender_sign, unsubscribe_token

SMS_LENGTH = 140


def absolute(path: str) -> str:
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path) if path else ""


def letter_key(delivery: Delivery) -> str:
    """The name of this letter for ever: the same after a restart and when staff send it again."""
    return f"{delivery.pk}.{salted_hmac('portal.outbox.letter', str(delivery.pk)).hexdigest()[:16]}"


def mail_for(delivery: Delivery, address: str) -> EmailMultiAlternatives:
    message = delivery.message
    context = _context(message.recipient, message.kind) | {"message": message, "url": absolute(message.url)}
    return _mail("message", message.title, context, address, letter_key(delivery))


def digest_for(deliveries: list[Delivery], address: str) -> EmailMultiAlternatives:
    """One mail for the day, grouped by matter; one click ends the summaries."""
    messages = [delivery.message for delivery in deliveries]
    reader, digest = messages[0].recipient, str(deliveries[0].digest_id)
    context = _context(reader, Preference.DIGESTS) | {"groups": _by_matter(reader, messages), "count": len(messages)}
    title = render_to_string("emails/outbox/digest_subject.txt", context).strip()
    key = f"digest.{digest}.{salted_hmac('portal.outbox.digest', digest).hexdigest()[:16]}"
    return _mail("digest", title, context, address, key)


def _by_matter(reader: Any, messages: list[Message]) -> list[dict[str, Any]]:
    """[{"title", "lines": [{"message", "url"}]}], the matter that was first heard of first."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for message in messages:
        line = {"message": message, "url": absolute(message.url)}
        groups.setdefault((message.subject_kind, message.subject_key), []).append(line)
    names = matter_names(reader, groups)
    return [{"title": names[matter], "lines": lines} for matter, lines in groups.items()]


def text_for(delivery: Delivery, number: str) -> Text:
    message = delivery.message
    # most titles name the matter already
    number_to_add = "" if message.subject_key in message.title else message.subject_key
    context = {"sign": sender_sign(), "message": message, "number_to_add": number_to_add}
    words = render_to_string("emails/outbox/message_sms.txt", context).strip()
    link = f" {absolute(message.url)}" if kind_of(message.kind).has_link and message.url else ""
    room = max(SMS_LENGTH - len(link), 0)  # the words are cut, an address never
    if len(words) > room:
        words = words[: max(room - 1, 0)] + "…"
    words += link
    parameters = {"title": message.title, "number": message.subject_key}
    return Text(number, words, letter_key(delivery), parameters=parameters)


def _context(user: Any, kind: str) -> dict[str, Any]:
    return {
        "site_name": site_name(),
        "kind": kind_of(kind).label,
        "unsubscribe_url": absolute(reverse("outbox:unsubscribe", args=[unsubscribe_token(user, kind)])),
        "settings_url": absolute(reverse("outbox:settings")),
    }


def _mail(template: str, title: str, context: dict[str, Any], address: str, key: str) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": f"<{key}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or 'localhost'}>",
        "Date": formatdate(localtime=False),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{context['unsubscribe_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    context = context | {"title": " ".join(title.split())}
    mail = EmailMultiAlternatives(
        subject=context["title"],
        body=render_to_string(f"emails/outbox/{template}.txt", context).strip() + "\n",
        to=[address],
        headers=headers,
    )
    mail.attach_alternative(render_to_string(f"emails/outbox/{template}.html", context), "text/html")
    return mail
