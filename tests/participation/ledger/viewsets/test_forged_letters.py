"""Every state × step × role of a letter by forged POST: nothing outside LETTER_MOVES succeeds."""

from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from participation.ledger.models import LETTER_ACTIONS, LETTER_STATES, Letter
from participation.ledger.rules.letters import LETTER_MOVES, LetterAction, LetterState
from participation.ledger.viewsets.letters import PROXY, REVISE, SCAN, SHOW_SCAN, STEPS, WITHDRAW_SCAN
from portal.accounts.models import User
from portal.trail.models import Entry
from tests.conftest import CAST, Cast
from tests.participation.ledger.services.test_letters import drafted

from .forging import Poster

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Written down by hand; the draft is the committee's own, so that it does not review it.
COMMITTEE, DIRECTORS = {"committee", "director", "admin"}, {"director", "admin"}
MAY: dict[str, set[str]] = {
    LetterAction.SUBMIT: COMMITTEE,
    LetterAction.APPROVE: DIRECTORS,
    LetterAction.RETURN: COMMITTEE,
    LetterAction.SIGN: DIRECTORS,
    LetterAction.ISSUE: COMMITTEE,
    LetterAction.RECEIVE: {"unit"},
    LetterAction.CANCEL: COMMITTEE,
    LetterAction.VOID: DIRECTORS,
    PROXY: COMMITTEE,
    SCAN: COMMITTEE,
    SHOW_SCAN: COMMITTEE,
    WITHDRAW_SCAN: COMMITTEE,
    REVISE: COMMITTEE,
}
LEGAL = {step: frozenset(LETTER_MOVES[LetterAction(step)]) for step in MAY if step in set(LetterAction)} | {
    PROXY: frozenset({LetterState.ISSUED}),
    **dict.fromkeys((SCAN, SHOW_SCAN, WITHDRAW_SCAN), frozenset({LetterState.ISSUED, LetterState.RECEIVED})),
    REVISE: frozenset({LetterState.DRAFTING}),
}
REASON = {"reason": "写明的理由"}
DATA: dict[str, dict[str, Any]] = {
    LetterAction.RETURN: REASON,
    LetterAction.CANCEL: REASON,
    LetterAction.VOID: REASON,
    LetterAction.RECEIVE: {"receiver_name": "签收人示例"},
    PROXY: {"receiver_name": "签收人示例"},
    REVISE: {"title": "改后的标题", "body": "改后的正文"},
    SCAN: {"sealed_on": timezone.localdate().isoformat()},
}
PAPERS = {SCAN: "scan-scan", PROXY: "receive_proxy-slip"}
EVERYBODY = [*CAST, "visitor"]
NUMBERED = {
    LetterState.ISSUED,
    LetterState.RECEIVED,
    LetterState.RETURNED,
    LetterState.SUPERSEDED,
    LetterState.VOIDED,
}


def sentence_of(step: str, state: LetterState) -> str:
    special = {
        REVISE: "送审后不能修改，请先退回。",
        SCAN: "印发后上传盖章扫描件。",
        SHOW_SCAN: "还没有盖章扫描件。",
        WITHDRAW_SCAN: "还没有盖章扫描件。",
    }
    action = (
        LETTER_ACTIONS[LetterAction.RECEIVE if step == PROXY else LetterAction(step)]
        if step in LEGAL and (step not in special)
        else ""
    )
    return special.get(step) or f"该公文当前为“{dict(LETTER_STATES)[state]}”，不能{action}。"


class Desk:
    def __init__(self, cast: Cast, letter: Letter) -> None:
        self.letter = letter
        self.poster = Poster({name: User.objects.get(pk=cast[name].pk) for name in CAST})

    @contextmanager
    def standing(self, state: LetterState) -> Any:
        ended = state in {LetterState.CANCELLED, LetterState.VOIDED}
        number = (
            {"number": "示例函〔2026〕9号", "issued_on": timezone.localdate(), "scan": "letters/a.pdf"}
            if state in NUMBERED
            else {}
        )
        with transaction.atomic():
            Letter.objects.filter(pk=self.letter.pk).update(state=state, end_reason="理由" if ended else "", **number)
            yield
            transaction.set_rollback(True)

    def row(self) -> tuple[Any, int]:
        return Letter.objects.filter(pk=self.letter.pk).values().get(), Entry.objects.count()

    def judged(self, name: str, step: str, state: LetterState) -> list[str]:
        """[] when it is as the tables say."""
        may, legal, before = name in MAY[step], state in LEGAL[step], self.row()
        data = {f"{step}-{key}": value for key, value in DATA.get(step, {}).items()} | {"step": step}
        if step in PAPERS:
            data[PAPERS[step]] = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf")
        with transaction.atomic():
            answer = self.poster.post(name, f"/admin/ledger/letters/{self.letter.pk}/", data)
            changed = self.row() != before
            transaction.set_rollback(True)
        status, what = answer.status, f"{name}: {step} in {state}"
        if may and legal:
            return [] if changed and status == 302 else [f"{what} is refused: {status}"]
        if changed:
            return [f"{what} changed something"]
        # a unit does not learn of a letter before it is issued
        is_told = status == 422 and sentence_of(step, state) in answer.words
        if may and not is_told and not (name == "unit" and status == 404):
            return [f"{what} is refused without its reason: {status}"]
        return [] if status in (302, 403, 404, 422) else [f"{what}: {status}"]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast, drafted(cast))


def test_every_step_has_its_people() -> None:
    assert set(MAY) == set(STEPS) == set(LEGAL)


def test_what_the_table_has_succeeds_and_a_share_of_the_rest_does_not(desk: Desk) -> None:
    wrong: list[str] = []
    for number, state in enumerate(LetterState):
        with desk.standing(state):
            for place, step in enumerate(STEPS):
                may, others = sorted(MAY[step]), [name for name in EVERYBODY if name not in MAY[step]]
                if state in LEGAL[step] or (number + place) % 4 == 0:
                    wrong += desk.judged(may[-1], step, state)
                if (number + place) % 4 == 0:
                    wrong += desk.judged(others[(number + place) % len(others)], step, state)
    assert wrong == []


@pytest.mark.figures
def test_the_whole_product_of_states_and_steps(desk: Desk) -> None:
    wrong: list[str] = []
    for state in LetterState:
        with desk.standing(state):
            wrong += [line for step in STEPS for name in EVERYBODY for line in desk.judged(name, step, state)]
    posts = len(LetterState) * len(STEPS) * len(EVERYBODY)
    print(f"{posts} forged posts to a letter by {len(EVERYBODY)} people, {len(wrong)} outside the table")
    assert wrong == []
