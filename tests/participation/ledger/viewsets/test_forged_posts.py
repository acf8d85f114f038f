"""Every state × action × role by forged POST: nothing outside the table of MOVES and DOERS succeeds.

Each action has valid data with which every move of the table succeeds by whoever may do it; the same data is then
posted in every other state and by everybody else. An action that gets a form needs a line in `data_for`, and in `READY`
what the item lacks for it. `make test-figures` posts the whole product, everybody in every state; `make test` a share.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from participation.evaluations.models import Round
from participation.ledger import services
from participation.ledger.forms import ENTER_RATING, FORMS, NOTE
from participation.ledger.models import (
    ACTION_LABELS,
    STATE_LABELS,
    AskedDeputy,
    Assignment,
    Commitment,
    Contact,
    DeputySuggestion,
    Extension,
    Feedback,
    LedgerItem,
    Objection,
    Reply,
    ReplyRound,
)
from participation.ledger.selectors.desk import version_of
from participation.ledger.states import DOERS, MOVES, Action, Doer, Routing, State
from portal.accounts.models import HandlingUnit, User
from portal.accounts.services.roles import assign_role
from portal.accounts.services.users import create_user
from portal.idempotency.rules import new_key
from portal.trail.models import Entry
from tests.conftest import CAST, Cast
from tests.factories import ledger
from tests.factories.evaluations import round_for
from tests.participation.ledger.services.test_letters import term

from .conftest import Enter, page
from .forging import Answer, Poster

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Who is who, written down by hand: the oracle asks nothing of permissions.py.
COMMITTEE = {"committee", "director", "admin"}
PEOPLE: dict[Doer, set[str]] = {
    Doer.COMMITTEE: COMMITTEE,
    Doer.DIRECTOR: {"director", "admin"},
    Doer.UNIT: {"unit", "handler"},
    Doer.UNIT_HEAD: {"unit"},
    Doer.PARTY: {"resident"},
    Doer.RESIDENT: {"resident", "member", "deputy"},  # resident2 has objected already
    Doer.SYSTEM: set(),
    Doer.KEEPER: set(),
    Doer.DEPUTY: set(),  # on the own page, not on the staff page
}
# What a higher level or 12345 handles has no unit of ours: the committee keeps it.
PEOPLE_ELSEWHERE = PEOPLE | {Doer.UNIT: set(), Doer.UNIT_HEAD: set(), Doer.KEEPER: COMMITTEE}
ONLY_ELSEWHERE = {Action.NOTE_REPORT, Action.DECIDE_TO_ROUTE, Action.REOPEN}
ONLY_HERE = {Action.DECIDE_REWORK, Action.ACCEPT_OBJECTION}  # the same verb of a person, under another name there
ELSEWHERE_ONLY_STATES = (State.SUGGESTED, State.PROPOSED, State.HOTLINE)
STANDINGS = [
    *((state, False) for state in State if state not in ELSEWHERE_ONLY_STATES),
    *((state, True) for state in (*ELSEWHERE_ONLY_STATES, State.REPLIED, State.COMPLETED, State.DECIDING,
                                  State.CLOSED_OFF)),
]  # fmt: skip
EVERYBODY = [*CAST, "handler", "visitor"]
BY_RESIDENTS = {Action.RATE: "rate", Action.OBJECT: "object"}  # in public, not on the staff page
OWN = {f"own-{action}": action for action in (Action.PROPOSE, Action.DECLINE)}  # by the deputy under /me/
STAFF_ACTIONS = [name for name in FORMS if name != NOTE]
ACTIONS = [*STAFF_ACTIONS, *(action.value for action in BY_RESIDENTS), *OWN]
WITHOUT_FORM = [action.value for action in Action if action.value not in ACTIONS]
PDF = b"%PDF-1.4\n%%EOF"


def move_of(name: str) -> Action:
    return Action.RATE if name == ENTER_RATING else OWN.get(name) or Action(name)


def actions_of(is_elsewhere: bool) -> list[str]:
    return [name for name in ACTIONS if name not in (ONLY_HERE if is_elsewhere else ONLY_ELSEWHERE)]


def allowed(name: str, *, by_proxy: bool = False, is_elsewhere: bool = False) -> set[str]:
    doers = DOERS[move_of(name)]
    people = PEOPLE_ELSEWHERE if is_elsewhere else PEOPLE
    if by_proxy:  # 由工委代录: what units do, and nothing but that; sending back is the head's own word
        of_units = doers & {Doer.UNIT, Doer.UNIT_HEAD} and name != Action.SEND_BACK_REPLY
        return COMMITTEE if of_units and not is_elsewhere else set()
    if name == ENTER_RATING:
        return COMMITTEE
    if name in OWN:
        return {"deputy"}
    if name == Action.CO_REPLY:
        return {"unit2"}  # the helping unit; the lead has no opinion to give
    return set().union(*(people[doer] for doer in doers))


# --- An item with one of everything, so that only person and state decide ----------------------------------------
@pytest.fixture
def item(cast: Cast) -> LedgerItem:
    term(ledger.subdistrict(), "pause_allowed", "true")
    elder = services.NewParty(name="示例老人", phone="13800000000", added_by=cast.community)
    item = ledger.handling(cast, source="deputy_suggestion", proposers=(cast.resident,), parties=(elder,))
    day, mine = timezone.localdate(), ledger.unit_of(cast.unit)
    handler = create_user(username="handler", real_name="经办人示例")
    assign_role(user=handler, role="unit", division=item.division, unit=mine, starts_on=day)
    HandlingUnit.objects.create(name="第三单位（示例）", division=mine.division)
    reply = Reply.objects.create(
        item=item, leg=1, unit=mine, kind="planned", text=ledger.ANSWER, drafted_at=timezone.now(), signed_on=day
    )
    Commitment.objects.create(item=item, reply=reply, text="更换线路", due_on=day)
    Extension.objects.create(item=item, leg=1, until=day, reason="施工", requested_by=cast.unit, requested_on=day)
    Objection.objects.create(item=item, by=cast.resident2, reason="没好", raised_on=day, due_on=day)
    Assignment.objects.create(
        item=item, unit=ledger.unit_of(cast.unit2), is_lead=False, assigned_on=day, assigned_by=cast.committee
    )
    Contact.objects.create(item=item, leg=1, way="face", on=day, by=cast.unit)
    absent = item.parties.get(user=None)
    rating = round_for(cast.resident, keys=(f"party:{absent.pk}",), day=day)
    ReplyRound.objects.create(reply=reply, round=rating)
    request = DeputySuggestion.objects.create(
        item=item, leg=1, level="county", text="请提出", asked_on=day, asked_by=cast.committee
    )
    AskedDeputy.objects.create(suggestion=request, deputy=ledger.deputy(cast.deputy), asked_on=day)
    ledger.deputy(name="另一位代表示例")
    return item


def _of_an_upper_level(item: LedgerItem) -> None:
    item.suggestions.update(ended_on=timezone.localdate(), end_reason="另行商请")
    LedgerItem.objects.filter(pk=item.pk).update(matter_level="upper")


def _not_yet_answered(item: LedgerItem) -> None:
    item.replies.update(leg=0)


def _all_declined(item: LedgerItem) -> None:
    _not_yet_answered(item)
    AskedDeputy.objects.filter(suggestion__item=item).update(state="declined", reason="已有同类建议")


def _nothing_asked(item: LedgerItem) -> None:
    item.extensions.update(state=Extension.State.REFUSED)


def _everybody_heard(item: LedgerItem) -> None:
    reply = item.replies.get()
    ReplyRound.objects.filter(reply=reply).delete()
    item.assignments.filter(is_lead=False).update(state=Assignment.State.REPLIED)
    for party in item.parties.all():
        Feedback.objects.create(reply=reply, party=party, way="phone", on=timezone.localdate())


def _all_settled(item: LedgerItem) -> None:
    day = timezone.localdate()
    item.commitments.update(state=Commitment.State.DELIVERED, ended_on=day, note="线路已更换")
    item.objections.update(state=Objection.State.REFUSED, decided_on=day, decision_reason="已修好")
    asked = ReplyRound.objects.filter(reply__item=item).values("round")
    Round.objects.filter(pk__in=asked).update(state="closed", closed_at=timezone.now())


# What stands in the way of a move besides the table, put out of it before the move is to succeed.
READY: dict[str, Callable[[LedgerItem], None]] = {
    Action.REQUEST_EXTENSION: _nothing_asked,
    Action.SIGN_REPLY: _nothing_asked,
    Action.COMPLETE: _everybody_heard,
    Action.CLOSE_OFF: _all_settled,
    Action.SUGGEST: _of_an_upper_level,
    Action.RECORD_REPLY: _not_yet_answered,
    Action.CONCLUDE: _all_declined,
}


def data_for(item: LedgerItem) -> dict[str, dict[str, Any]]:
    """Valid data of each action, as its form takes it."""
    late = (timezone.localdate() + timedelta(days=150)).isoformat()
    reason = {"reason": "写明的理由"}
    commitment = {"commitment": item.commitments.get().pk, "note": "线路已更换"}
    extension = {"extension": item.extensions.get().pk, **reason}
    objection = {"objection": item.objections.get().pk, **reason}
    elder = item.parties.get(user=None).pk
    asked = AskedDeputy.objects.get(suggestion__item=item).pk
    other = Deputy.objects.get(user=None).pk
    third = HandlingUnit.objects.get(name="第三单位（示例）").pk
    return {
        Action.CLASSIFY: {"category": "other", "matter_level": "own", "priority": "normal"},
        Action.ASSIGN: {"unit": third, "owner_name": "责任人示例"},
        Action.SIGN_FOR: {},
        Action.RETURN: reason,
        Action.ADD_CO_UNIT: {"unit": third},
        Action.CO_REPLY: {"assignment": item.assignments.get(is_lead=False).pk, "opinion": "已配合"},
        Action.CONTACT: {"way": "face"},
        Action.NOTE_PROGRESS: {"text": "已到现场"},
        Action.DRAFT_REPLY: {"kind": "done", "text": ledger.ANSWER},
        Action.SIGN_REPLY: {"signer_name": "负责人示例"},
        Action.SEND_BACK_REPLY: reason,
        Action.FEED_BACK: {"party": elder, "way": "phone", "note": "已告知"},
        Action.COMPLETE: {},
        Action.CLOSE_OFF: {"evidence": "现场核查"},
        Action.DECIDE_REWORK: reason,
        Action.DECIDE_TO_KEEP: reason,
        Action.APPROVE_EXTENSION: extension,
        Action.REFUSE_EXTENSION: extension,
        Action.ACCEPT_OBJECTION: objection,
        Action.REFUSE_OBJECTION: objection,
        Action.DELIVER_COMMITMENT: commitment,
        Action.WITHDRAW_COMMITMENT: commitment,
        Action.REQUEST_EXTENSION: {"until": late, **reason},
        Action.REMIND: reason,
        Action.PAUSE: reason,
        Action.RESUME: reason,
        Action.CORRECT_REPLY: {"reply": item.replies.get().pk, "text": "更正为三处"},
        Action.HAND_TO_HOTLINE: {"ticket_number": "示例1号", **reason},
        Action.SUGGEST: {"deputies": [other], "text": "请提出代表建议"},
        Action.ASK_MORE: {"deputies": [other]},
        Action.PROPOSE: {"asked": asked, "outside_number": "第1号"},
        Action.DECLINE: {"asked": asked, **reason},
        f"own-{Action.PROPOSE}": {"answer": "proposed", "outside_number": "第1号"},
        f"own-{Action.DECLINE}": {"answer": "declined", **reason},
        Action.CONCLUDE: {"kind": "cannot", "text": "暂未列入规划"},
        Action.RECORD_REPLY: {"unit_name": "示例单位", "kind": "done", "text": ledger.ANSWER},
        Action.NOTE_REPORT: {"to": "committee"},
        Action.TAKE_BACK: reason,
        Action.DECIDE_TO_ROUTE: reason,
        Action.REOPEN: objection,
        Action.HIDE: reason,
        Action.RESTORE: reason,
        Action.VOID: reason,
        ENTER_RATING: {"party": elder, "value": "satisfied"},
        Action.RATE: {"value": "satisfied"},
        Action.OBJECT: reason,
    }


# --- Posting ------------------------------------------------------------------------------------------------------
class Forger:
    """Posts what it is told to, as anybody, and sees what was written."""

    def __init__(self, cast: Cast, item: LedgerItem) -> None:
        self.item, self.data = item, data_for(item)
        self.version = version_of(item)
        self.asked = AskedDeputy.objects.get(suggestion__item=item).pk
        # read anew: what the cast's own objects remember of their posts may be older than this item
        names = {name: cast[name].username for name in CAST} | {"handler": "handler"}
        people = User.objects.in_bulk(names.values(), field_name="username")
        self.poster = Poster({name: people[username] for name, username in names.items()})

    def post(self, name: str, action: str, *, by_proxy: bool = False) -> Answer:
        fields = self.data.get(action, {"reason": "写明的理由"})
        if action in BY_RESIDENTS or action in OWN:
            own = f"/me/suggestions/{self.asked}/"
            address = own if action in OWN else f"{self.item.get_absolute_url()}{BY_RESIDENTS[Action(action)]}/"
            return self.poster.post(name, address, {"form_key": new_key(), **fields})
        prefix = f"proxy-{action}" if by_proxy else action
        data: dict[str, Any] = {f"{prefix}-{key}": value for key, value in fields.items()}
        data |= {"action": action, f"{prefix}-version": self.version}
        if by_proxy:
            data |= {"proxy": "1", f"{prefix}-paper_on": timezone.localdate().isoformat()}
            data |= {f"{prefix}-scan": SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")}
        return self.poster.post(name, page(self.item), data)

    def rows(self) -> tuple[Any, int]:
        return LedgerItem.objects.filter(pk=self.item.pk).values().get(), Entry.objects.count()

    @contextmanager
    def standing(self, state: State, is_elsewhere: bool) -> Iterator[None]:
        """The item in that state, on the days that its constraints ask for; nothing of what happens is kept."""
        day = self.item.leg_started_on
        with transaction.atomic():
            routing = Routing.HOTLINE if state == State.HOTLINE else Routing.DEPUTIES
            where = {"routing": routing, "unit": None} if is_elsewhere else {}
            LedgerItem.objects.filter(pk=self.item.pk).update(
                state=state, signed_for_on=day, replied_on=day, closed_off_on=day, **where
            )
            yield
            transaction.set_rollback(True)

    def succeeds(self, name: str, action: str, *, by_proxy: bool = False) -> str:
        """Empty, or what came instead of success."""
        with transaction.atomic():
            READY.get(action, lambda item: None)(self.item)
            before = Entry.objects.count()
            answer = self.post(name, action, by_proxy=by_proxy)
            done = answer.status == 302 and Entry.objects.count() > before
            told = "" if done else f"{answer.status} {answer.words}"
            transaction.set_rollback(True)
        return told

    def is_refused(self, name: str, action: str, *, by_proxy: bool = False, sentence: str = "") -> str:
        """Empty, or what was wrong with the refusal: a row was written, or the reason does not stand in the answer."""
        answer = self.post(name, action, by_proxy=by_proxy)
        if answer.written:
            return f"wrote {answer.written}"
        if sentence:
            is_told = answer.status in ((302,) if action in OWN else (409, 422)) and sentence in answer.words
            return "" if is_told else f"{answer.status} without “{sentence}”: {answer.words}"
        return "" if answer.status in (302, 403, 404, 409, 422) else str(answer.status)


@pytest.fixture
def forger(cast: Cast, item: LedgerItem) -> Forger:
    return Forger(cast, item)


def sentence_of(action: str, state: State) -> str:
    """What whoever may do it elsewhere is told where the table has no such move."""
    if action in OWN:
        return "这件事现在不需要您答复。"
    if action == Action.RATE:
        return "这件事现在不需要您评价。"
    if action == Action.OBJECT:
        return "这件事现在不能提出异议：还没有销号，或者异议期已过。"
    return f"该事项当前为“{STATE_LABELS[state]}”，不能{ACTION_LABELS[move_of(action)]}。"


def is_legal(action: str, state: State) -> bool:
    return state in MOVES[move_of(action)]


def judged(
    forger: Forger, name: str, action: str, state: State, by_proxy: bool = False, *, is_elsewhere: bool = False
) -> list[str]:
    """One cell of the product; [] when it is as the table says."""
    may = name in allowed(action, by_proxy=by_proxy, is_elsewhere=is_elsewhere)
    legal = is_legal(action, state)
    if may and legal:
        wrong = forger.succeeds(name, action, by_proxy=by_proxy)
    else:
        wrong = forger.is_refused(name, action, by_proxy=by_proxy, sentence=sentence_of(action, state) if may else "")
    what = f"{name}{' by proxy' if by_proxy else ''}: {action} in {state}{' elsewhere' if is_elsewhere else ''}"
    return [f"{what} ({'legal' if may and legal else 'forbidden'}): {wrong}"] if wrong else []


def test_every_action_is_posted_with_data_of_its_own(forger: Forger) -> None:
    assert set(forger.data) == set(ACTIONS)
    assert {Action(name) for name in WITHOUT_FORM} == {
        Action.OPEN, Action.IMPORT, Action.ASK_AGAIN, Action.START_REWORK, Action.REFER, Action.RECEIVE_IMPORTED_REPLY,
        Action.PUBLISH_IMPORT, Action.TAKE_UP,
    }  # fmt: skip


def test_every_move_of_the_table_succeeds_by_post(forger: Forger) -> None:
    """All states × actions where the table has a move, by those who may in turn."""
    wrong: list[str] = []
    for number, (state, is_elsewhere) in enumerate(STANDINGS):
        with forger.standing(state, is_elsewhere):
            for action in actions_of(is_elsewhere):
                may = sorted(allowed(action, is_elsewhere=is_elsewhere))
                if may and is_legal(action, state):
                    who = may[number % len(may)]
                    wrong += judged(forger, who, action, state, is_elsewhere=is_elsewhere)
    assert wrong == []


def test_nobody_else_does_anything_and_no_state_allows_more(forger: Forger) -> None:
    """A share of the product below: a third of the cells by somebody who may not, a tenth by whoever may elsewhere."""
    wrong: list[str] = []
    for number, (state, is_elsewhere) in enumerate(STANDINGS):
        with forger.standing(state, is_elsewhere):
            before = forger.rows()
            for place, action in enumerate(actions_of(is_elsewhere)):
                may = sorted(allowed(action, is_elsewhere=is_elsewhere))
                others = [name for name in EVERYBODY if name not in may]
                if (number + place) % 3 == 0:
                    who = others[(number + place) % len(others)]
                    wrong += judged(forger, who, action, state, is_elsewhere=is_elsewhere)
                if may and (number + place) % 10 == 0 and not is_legal(action, state):
                    wrong += judged(forger, may[0], action, state, is_elsewhere=is_elsewhere)
            assert forger.rows() == before
    assert wrong == []


def test_what_has_no_form_cannot_be_posted_by_anybody(forger: Forger) -> None:
    """What the system does by itself; and a verb that nobody knows."""
    before = forger.rows()
    for action in [*WITHOUT_FORM, "close", ""]:
        answer = forger.post("director", action)
        assert (answer.status, answer.written) == (422, [])
        assert "请选择要办理的步骤。" in answer.words
    assert forger.rows() == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("visitor", "登录"),
        ("resident", "这里是工作人员的后台，您的账号没有进入的权限。"),
        ("clerk", "您没有权限访问。"),  # of the staff
        ("unit2", "“销号”由人大街道工委办理，您的账号不能办这一步。"),  # of the unit that helps
        # of the unit itself, for the committee's step: who does it, and on what that rests
        ("unit", "“销号”由人大街道工委办理，您的账号不能办这一步。依据：本站公开的办理流程“一件事怎样办”。"),
    ],
)
def test_the_wrong_person_is_told_so_in_words(staff: Enter, item: LedgerItem, name: str, words: str) -> None:
    """Through the whole server: sessions, middleware and the page."""
    client = Client() if name == "visitor" else staff(name)
    answer = client.post(page(item), {"action": Action.CLOSE_OFF, f"{Action.CLOSE_OFF}-evidence": "核查"}, follow=True)
    assert words in answer.content.decode()


def test_a_step_out_of_turn_is_refused_with_what_comes_first_and_the_clause(forger: Forger) -> None:
    with forger.standing(State.ASSIGNED, False):
        term(ledger.subdistrict(), "regulation_documents", ["xiangxiang"])
        answer = forger.post("unit", Action.SIGN_REPLY)
    told = "要先办：签收（承办单位）、拟写答复（承办单位）。依据：《湘乡市人大街道工委实施细则》第六条（三）"
    assert answer.status == 422
    assert told in answer.words


@pytest.mark.figures
def test_the_whole_product_of_states_and_actions(forger: Forger) -> None:
    wrong: list[str] = []
    posts = 0
    for state, is_elsewhere in STANDINGS:
        with forger.standing(state, is_elsewhere):
            before = forger.rows()
            for action in actions_of(is_elsewhere):
                for by_proxy in (False, True) if action in FORMS else (False,):
                    for name in EVERYBODY:
                        wrong += judged(forger, name, action, state, by_proxy, is_elsewhere=is_elsewhere)
                        posts += 1
            assert forger.rows() == before
    print(f"{posts} forged posts by {len(EVERYBODY)} people, {len(wrong)} outside the table")
    assert wrong == []
