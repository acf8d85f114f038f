"""Codes and messages: rows, trail, outbox, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.messages import services
from liaison_stations.messages.models import DeputyMessage, DeputyQrCode, MessageDraft
from liaison_stations.messages.selectors import absent_senders
from participation.ledger.models import LedgerItem
from participation.moderation.rules import Refused
from participation.proposals.models import Proposal
from portal.accounts.models import RoleAssignment, User
from portal.follows.models import Follow
from portal.idempotency.services import KeyReused
from portal.outbox.models import Message, NoticeTask
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import messages as make
from tests.factories import receptions
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
KEY = "k" * 20


def steps(message: DeputyMessage) -> list[str]:
    return list(Entry.objects.filter(subject_key=message.number).order_by("pk").values_list("verb", flat=True))


def told(message: DeputyMessage, event: str) -> set[str]:
    rows = Message.objects.filter(event=f"deputy_message:{message.number}:{event}").select_related("recipient")
    return {row.recipient.username for row in rows}


def elsewhere() -> User:
    user = User.objects.create(username="clerk_elsewhere")
    RoleAssignment.objects.create(user=user, role="clerk", division=other_subdistrict(), starts_on=date(2020, 1, 1))
    return user


def test_one_valid_code_each_and_a_new_one_ends_the_old(cast: Cast) -> None:
    first = make.station_code(cast)
    assert make.station_code(cast) == first
    with pytest.raises(Refused):
        services.revoke_code(code=first, by=cast.clerk, reason=" ")
    second = services.reissue_code(code=first, by=cast.clerk, reason="海报遗失")
    first.refresh_from_db()
    assert (first.is_valid, first.revoke_reason, second.is_valid, first.token != second.token) == (
        False, "海报遗失", True, True,
    )  # fmt: skip
    assert list(DeputyQrCode.objects.valid()) == [second]
    verbs = Entry.objects.filter(subject_kind="deputy_qr_code").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["issue_code", "revoke_code", "issue_code"]
    with pytest.raises(Refused):
        services.revoke_code(code=first, by=cast.clerk, reason="再停一次")


def test_nobody_keeps_the_codes_or_messages_of_another_station(cast: Cast) -> None:
    code, message, stranger = make.deputy_code(cast), make.message(cast), elsewhere()
    for call in (
        lambda: services.issue_code(by=stranger, station=receptions.desk().main),
        lambda: services.revoke_code(code=code, by=stranger, reason="x"),
        lambda: services.answer_message(message=message, by=stranger, kind="reflected", text="已反映给街道"),
        lambda: services.open_message_as_item(message=message, by=stranger, title="路灯"),
        lambda: services.divert_message(message=message, by=stranger, channel="court"),
        lambda: services.reject_message(message=message, by=stranger, reason="广告"),
        lambda: services.view_contact(message=message, by=stranger),
        lambda: services.pass_message_on(message=message, by=stranger, deputy=make.deputy(cast)),
        lambda: services.open_message_as_proposal(message=message, by=stranger, body="路灯不亮", has_agreed=True),
        lambda: services.open_message_as_item(message=message, by=cast.deputy, title="路灯"),
    ):
        with pytest.raises(PermissionDenied):
            call()
    message.refresh_from_db()
    assert (message.state, steps(message)) == ("received", ["leave"])


def test_a_message_is_left_once_and_reaches_the_deputy_and_the_desk(cast: Cast) -> None:
    code = make.deputy_code(cast)
    first = make.message(cast, code, form_key=KEY)
    assert make.message(cast, code, form_key=KEY) == first
    with pytest.raises(KeyReused):
        make.message(cast, code, form_key=KEY, body="别的内容别的内容")
    assert (DeputyMessage.objects.count(), first.number[:13], first.number[-6:]) == (1, "LY-430381001-", "000001")
    assert told(first, "received") == {"deputy", "clerk"}
    assert first.due_on >= timezone.localdate() + timedelta(days=15)
    assert (first.phone, first.masked_phone) == (make.PHONE, "138****0009")
    letter = Message.objects.filter(subject_key=first.number).first()
    assert letter is not None
    assert "路灯" not in letter.title + letter.body


@pytest.mark.parametrize(
    "fields",
    [{"body": "  "}, {"body": "。。。。。"}, {"body": "长" * 1001}, {"phone": ""}],
    ids=["empty", "dots", "long", "nobody"],
)
def test_what_says_nothing_or_comes_from_nobody_is_refused(cast: Cast, fields: dict[str, str]) -> None:
    with pytest.raises(Refused):
        make.message(cast, **fields)
    assert DeputyMessage.objects.count() == 0


def test_nothing_is_left_under_a_revoked_code_or_for_who_is_out_of_office(cast: Cast) -> None:
    code = make.station_code(cast)
    services.revoke_code(code=code, by=cast.clerk, reason="海报遗失")
    with pytest.raises(Refused):
        make.message(cast, code)
    own = make.deputy_code(cast)
    deputy = make.deputy(cast)
    deputy.ends_on = timezone.localdate() - timedelta(days=1)
    deputy.save()
    with pytest.raises(Refused):
        make.message(cast, own)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("done", "已反映"), ("reflected", " "), ("reflected", "问题已解决"), ("reflected", "问 题 已 妥善 解 决")],
)
def test_a_deputy_never_says_solved(cast: Cast, kind: str, text: str) -> None:
    message = make.message(cast)
    with pytest.raises(Refused):
        services.answer_message(message=message, by=cast.deputy, kind=kind, text=text)
    message.refresh_from_db()
    assert message.state == "received"


def test_the_deputy_answers_and_the_desk_tells_who_has_no_account(cast: Cast) -> None:
    message = make.message(cast)
    services.answer_message(message=message, by=cast.deputy, kind="reflected", text="已向街道反映")
    message.refresh_from_db()
    assert (message.state, message.is_answered_by_deputy, steps(message)) == ("answered", True, ["leave", "answer"])
    assert (services.text_senders(), services.text_senders()) == ("told 1 senders", "told 0 senders")
    message.refresh_from_db()
    assert (message.text_state, steps(message)) == ("sent", ["leave", "answer", "text_sender"])
    text = settings.SMS_LOG.read_text(encoding="utf-8").splitlines()[-1]
    assert (make.PHONE in text, message.number in text, "已向街道" in text, "/lookup/" in text) == (
        True,
        True,
        False,
        True,
    )
    assert (told(message, "answered"), NoticeTask.objects.filter(assignee=cast.clerk).count()) == (set(), 0)
    assert [person.telephone for person in absent_senders(message.number)] == [make.PHONE]
    with pytest.raises(Refused):
        services.answer_message(message=message, by=cast.deputy, kind="reflected", text="又反映")


def test_without_text_messages_or_after_a_broken_one_the_desk_phones(cast: Cast, settings: Any) -> None:
    settings.SMS_GATEWAY = ""
    first = make.message(cast)
    services.answer_message(message=first, by=cast.clerk, kind="reflected", text="已向街道反映")
    assert (told(first, "answered"), NoticeTask.objects.filter(assignee=cast.clerk).count()) == ({"clerk"}, 1)
    settings.SMS_GATEWAY = "demo"
    second = make.message(cast, body="别的事情别的事情")
    services.answer_message(message=second, by=cast.clerk, kind="reflected", text="已向街道反映")
    long_ago = timezone.now() - timedelta(days=1)
    DeputyMessage.objects.filter(pk=second.pk).update(text_state="sending", text_claimed_at=long_ago)
    assert services.text_senders() == "told 0 senders"
    second.refresh_from_db()
    assert (second.text_state, told(second, "answered"), NoticeTask.objects.filter(assignee=cast.clerk).count()) == (
        "unsure",
        {"clerk"},
        2,
    )


def test_the_desk_passes_it_on_and_that_deputy_answers(cast: Cast) -> None:
    message = make.message(cast, make.station_code(cast))
    deputy, stranger = make.deputy(cast), receptions.deputy(cast, "人大代表示例二")
    Deputy.objects.filter(pk=stranger.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        services.answer_message(message=message, by=cast.deputy, kind="reflected", text="已向街道反映")
    with pytest.raises(Refused):  # no longer in office
        services.pass_message_on(message=message, by=cast.clerk, deputy=stranger)
    services.pass_message_on(message=message, by=cast.clerk, deputy=deputy)
    with pytest.raises(Refused):  # has it already
        services.pass_message_on(message=message, by=cast.clerk, deputy=deputy)
    assert told(message, f"passed_on:{deputy.pk}") == {"deputy"}
    services.answer_message(message=message, by=cast.deputy, kind="reflected", text="已向街道反映")
    message.refresh_from_db()
    assert (message.state, message.is_answered_by_deputy) == ("answered", True)
    assert steps(message) == ["leave", "pass_on", "answer"]


def test_a_proposal_only_with_the_senders_word(cast: Cast) -> None:
    message = make.message(cast, sender=cast.resident)
    with pytest.raises(Refused):
        services.open_message_as_proposal(message=message, by=cast.clerk, body="楼下路灯不亮", has_agreed=False)
    services.open_message_as_proposal(message=message, by=cast.clerk, body="楼下路灯不亮", has_agreed=True)
    message.refresh_from_db()
    proposal = Proposal.objects.get()
    assert (message.state, message.proposal, proposal.number in message.answer) == ("proposed", proposal, True)
    assert set(Follow.objects.filter(subject_key=proposal.number).values_list("user__username", flat=True)) == {
        "resident", "deputy",
    }  # fmt: skip
    assert told(message, "proposed") == {"resident"}


def test_who_has_an_account_is_told_there_and_leaves_no_phone(cast: Cast) -> None:
    message = make.message(cast, sender=cast.resident)
    assert message.phone == ""
    services.answer_message(message=message, by=cast.clerk, kind="transferred", text="已转办给物业科")
    message.refresh_from_db()
    assert (told(message, "answered"), message.is_answered_by_deputy) == ({"resident"}, False)
    assert [row["answer"] for row in services.export_own(cast.resident)] == ["已转办给物业科"]
    services.empty_own(cast.resident)
    message.refresh_from_db()
    assert ("路灯" in message.body, message.name) == (False, "")


def test_opened_in_the_ledger_it_is_answered_in_words_and_followed(cast: Cast) -> None:
    message = make.message(cast)
    for words in ("王示例家门口的路灯", " "):
        with pytest.raises(Refused):
            services.open_message_as_item(message=message, by=cast.clerk, title=words)
    services.open_message_as_item(message=message, by=cast.clerk, title="楼下路灯不亮")
    message.refresh_from_db()
    item = LedgerItem.objects.get()
    assert (item.source, item.source_key, message.item) == ("deputy_message", message.number, item)
    assert (message.state, message.answer_kind, item.reference in message.answer) == ("opened", "transferred", True)
    assert item.parties.get().phone == make.PHONE
    assert Follow.objects.filter(user=cast.deputy, subject_key=item.reference).exists()
    with pytest.raises(Refused):
        services.open_message_as_item(message=message, by=cast.clerk, title="再转一次")


def test_other_ends_say_where_to_go_or_why(cast: Cast) -> None:
    diverted, rejected = make.message(cast), make.message(cast, body="低价卖酒，加我好友")
    with pytest.raises(Refused):
        services.divert_message(message=diverted, by=cast.clerk, channel="nowhere")
    services.divert_message(message=diverted, by=cast.clerk, channel="court")
    with pytest.raises(Refused):
        services.reject_message(message=rejected, by=cast.clerk, reason=" ")
    services.reject_message(message=rejected, by=cast.clerk, reason="商业广告")
    states = dict(DeputyMessage.objects.values_list("pk", "state"))
    assert states == {diverted.pk: "diverted", rejected.pk: "rejected"}


def test_who_has_not_answered_is_reminded_once_three_days_ahead(cast: Cast) -> None:
    near, far = make.message(cast), make.message(cast, body="别的事情别的事情")
    DeputyMessage.objects.filter(pk=near.pk).update(due_on=timezone.localdate() + timedelta(days=3))
    assert (services.remind_of_due_messages(), services.remind_of_due_messages()) == (1, 0)
    assert (told(near, "due"), told(far, "due")) == ({"deputy", "clerk"}, set())
    DeputyMessage.objects.filter(pk=near.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert (services.remind_of_due_messages(), services.remind_of_due_messages()) == (1, 0)
    assert told(near, "overdue") == {"deputy", "clerk", "committee"}


def draft(cast: Cast, **content: str) -> MessageDraft:
    values = {"body": "楼下的路灯坏了一个月", "name": "", "phone": make.PHONE} | content
    return services.keep_draft(code=make.station_code(cast), key=KEY, content=values)


def sent_code() -> str:
    import re

    return re.findall(r"\d{6}", settings.SMS_LOG.read_text(encoding="utf-8"))[-1]


def test_the_right_code_hands_it_in_once(cast: Cast) -> None:
    row = draft(cast)
    services.send_phone_code(draft=row)
    with pytest.raises(Refused, match="秒"):
        services.send_phone_code(draft=row)
    code = sent_code()
    with pytest.raises(services.WrongCode):
        services.prove_phone(draft=row, typed=f"{(int(code) + 1) % 10**6:06d}")
    number = services.prove_phone(draft=row, typed=code)
    message = DeputyMessage.objects.get(number=number)
    assert (message.phone, message.sender, MessageDraft.objects.count()) == (make.PHONE, None, 0)


def test_a_code_ends_after_five_tries_or_five_minutes_or_with_the_number(cast: Cast) -> None:
    row = draft(cast)
    services.send_phone_code(draft=row)
    code = sent_code()
    for _try in range(5):
        with pytest.raises(services.WrongCode):
            services.prove_phone(draft=row, typed="abcdef")
    with pytest.raises(services.WrongCode, match="过期"):
        services.prove_phone(draft=row, typed=code)
    MessageDraft.objects.update(tries=0, sent_at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(services.WrongCode, match="过期"):
        services.prove_phone(draft=row, typed=code)
    MessageDraft.objects.update(sent_at=timezone.now())
    draft(cast, phone="13800000008")
    with pytest.raises(services.WrongCode, match="过期"):
        services.prove_phone(draft=row, typed=code)
    MessageDraft.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert services.forget_stale_drafts() == "deleted 1 unsent messages"
    assert DeputyMessage.objects.count() == 0
