"""《工作评议结果》: the words of the result sheet, for the print page and the .docx alike."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from participation.ledger.rules.letter_words import issuer_words
from portal.workdays.rules import day_in_words

from ..models import OfficeAppraisal
from .reading import Result


@dataclass(frozen=True)
class ResultSheet:
    issuer: str
    title: str
    paragraphs: list[str]
    heads: tuple[str, ...]
    rows: list[tuple[str, str, str]]
    closing: list[str]
    dated: date | None


def result_sheet(appraisal: OfficeAppraisal, result: Result) -> ResultSheet:
    """Counts and capacities only. `dated` is the day on which the result was confirmed; a draft has none."""
    county = appraisal.division.parent
    return ResultSheet(
        issuer=issuer_words(county.name if county else "", appraisal.division.name),
        title=_("工作评议结果"),
        paragraphs=[
            _("被评议单位：%s") % appraisal.unit.name,
            _("评议内容：%(year)d年%(matter)s") % {"year": appraisal.year, "matter": appraisal.matter},
            _("评议会议：%(day)s在%(place)s召开，由%(chair)s主持，应到%(expected)d人，实到%(attended)d人。")
            % {
                "day": day_in_words(appraisal.held_on) if appraisal.held_on else "—",
                "place": appraisal.place,
                "chair": appraisal.chair,
                "expected": appraisal.expected,
                "attended": appraisal.attended,
            },
            _ballots_in_words(appraisal, result),
        ],
        heads=(_("测评意见"), _("票数"), _("占名册人数")),
        rows=[(label, str(count), share) for label, count, share in result.lines],
        closing=[_class_in_words(result), result.rule],
        dated=appraisal.confirmed_on,
    )


def _class_in_words(result: Result) -> str:
    if not result.is_enough:
        return _("样本不足：评价不足5份，不列票数，不定等次。")
    return _("评议等次：%s") % (result.label or _("未形成"))


def _ballots_in_words(appraisal: OfficeAppraisal, result: Result) -> str:
    issued, returned = appraisal.issued or 0, appraisal.returned or 0
    words: dict[str, int] = {"invited": result.tally.invited, "issued": issued, "returned": returned}
    if not result.is_enough:
        return (
            _("测评情况：名册%(invited)d人，发出测评票%(issued)d份，收回%(returned)d份。采用无记名方式测评。") % words
        )
    answered = result.tally.answered
    return _(
        "测评情况：名册%(invited)d人，发出测评票%(issued)d份，收回%(returned)d份，其中有效%(answered)d份、"
        "其他%(other)d份。采用无记名方式测评。"
    ) % {**words, "answered": answered, "other": returned - answered}
