"""What one person has in the ledger: handing it out, and emptying it when the account is cancelled."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.evaluations.services import forget_words

from ..models import AskedDeputy, Objection, Party, ReplyRound

HEADINGS = {
    "kind": _("种类"),
    "reference": _("台账编号"),
    "title": _("事项"),
    "state": _("状态"),
    "on": _("日期"),
    "value": _("满意度"),
    "reason": _("理由"),
    "stars": _("星级"),
    "comment": _("意见"),
    "source": _("评价主体"),
    "is_public": _("公开我的评价"),
    "asked_on": _("商请日期"),
    "text": _("商请内容"),
    "number": _("代表建议编号"),
    "is_proxy": _("由工委代录"),
}
OWN_HEADINGS = HEADINGS
KINDS = {
    "matter": _("我提出的事项"),
    "rating": _("评价"),
    "secret_rating": _("参加过的无记名评价"),
    "objection": _("销号异议"),
    "answer": _("我作为人大代表的答复"),
    "suggestion": _("就我提出的事项提出的代表建议"),
}


def export_own(user: Any) -> list[dict[str, Any]]:
    """Matters raised and the deputies' suggestions about them, ratings given, objections, and what the user answered
    as a deputy; JSON values only."""
    parties = Party.objects.filter(user=user).select_related("item").order_by("pk")
    rows: list[dict[str, Any]] = [
        {
            "kind": str(KINDS["matter"]),
            "reference": party.item.reference,
            "title": party.item.title,
            "state": str(party.item.get_state_display()),
            "on": party.item.raised_on.isoformat(),
        }
        for party in parties
    ]
    rounds = ReplyRound.objects.filter(round__raters__user=user, round__raters__answered_on__isnull=False)
    for each in rounds.select_related("reply__item", "round").order_by("pk"):
        rater = each.round.raters.select_related("answer").get(user=user)
        if each.round.is_secret:  # that one took part, and when; nobody knows what was said
            rows.append(
                {
                    "kind": str(KINDS["secret_rating"]),
                    "reference": each.reply.item.reference,
                    "on": rater.answered_on.isoformat() if rater.answered_on else "",
                    "source": str(each.get_source_display()),
                }
            )
            continue
        answer = rater.answer
        rows.append(
            {
                "kind": str(KINDS["rating"]),
                "reference": each.reply.item.reference,
                "on": answer.answered_at.date().isoformat(),
                "value": str(answer.get_value_display()),
                "reason": answer.reason,
                "stars": answer.stars,
                "comment": answer.comment,
                "is_public": answer.is_public,
            }
        )
    rows += [
        {
            "kind": str(KINDS["objection"]),
            "reference": objection.item.reference,
            "on": objection.raised_on.isoformat(),
            "state": str(objection.get_state_display()),
            "reason": objection.reason,
        }
        for objection in Objection.objects.filter(by=user).select_related("item").order_by("pk")
    ]
    return [*rows, *_answers_as_deputy(user), *_suggestions_on_own(user)]


def _answers_as_deputy(user: Any) -> list[dict[str, Any]]:
    rows = AskedDeputy.objects.filter(deputy__user=user).select_related("suggestion__item").order_by("pk")
    return [
        {
            "kind": str(KINDS["answer"]),
            "reference": row.suggestion.item.reference,
            "title": row.suggestion.item.title,
            "asked_on": row.asked_on.isoformat(),
            "text": row.suggestion.text,
            "state": str(row.get_state_display()),
            "on": (row.proposed_on or row.answered_on or row.asked_on).isoformat(),
            "number": row.outside_number,
            "reason": row.reason,
            "is_proxy": row.is_proxy,
        }
        for row in rows
    ]


def _suggestions_on_own(user: Any) -> list[dict[str, Any]]:
    """What the public page says as well: numbers and days, nobody's name."""
    rows = AskedDeputy.objects.filter(suggestion__item__parties__user=user, state=AskedDeputy.State.PROPOSED)
    return [
        {
            "kind": str(KINDS["suggestion"]),
            "reference": row.suggestion.item.reference,
            "title": row.suggestion.item.title,
            "on": row.proposed_on.isoformat() if row.proposed_on else "",
            "number": row.outside_number,
        }
        for row in rows.select_related("suggestion__item").order_by("pk").distinct()
    ]


@transaction.atomic
def empty_own(user: Any) -> None:
    """The record stays, without the person's words, name and phone; nobody phones a cancelled account.

    What a deputy answered stays: it is the record of a public post, not a person's own words.
    """
    Party.objects.filter(user=user).update(name="", phone="", is_reachable=False)
    Objection.objects.filter(by=user).update(reason=gettext("（账号已注销，内容已删除）"))
    forget_words(user)
