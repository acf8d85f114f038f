import pytest
from django.core.exceptions import PermissionDenied

from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Author, Draft, Proposal
from portal.idempotency.services import KeyReused
from portal.outbox.models import Message
from portal.trail.selectors import history_of
from tests.factories import proposals as make

KEY = "k" * 24


def submit(author, **fields):
    fields.setdefault("form_key", KEY)
    fields.setdefault("division", make.subdistrict())
    fields.setdefault("body", make.BODY)
    return services.submit_proposal(author=author, **fields)


def test_a_submission_is_a_row_a_review_an_author_a_trail_entry_and_a_message(cast):
    proposal = submit(cast.resident, name="张建国").proposal
    assert (proposal.state, proposal.title, proposal.body, proposal.author_label) == ("submitted", "", "", "")
    assert (proposal.review.state, proposal.review.original_body) == ("waiting", make.BODY)
    assert [(a.user, a.name) for a in proposal.authors.all()] == [(cast.resident, "张建国")]
    assert [(e.verb, e.from_state, e.to_state) for e in history_of("proposal", proposal.number)] == [
        ("submit", "draft", "submitted")
    ]
    told = Message.objects.filter(subject_key=proposal.number).order_by("pk")
    assert [(m.recipient, m.kind) for m in told] == [
        (cast.resident, "own_proposal"),
        (cast.moderator, "review_work"),
    ]
    assert told[1].url == "/admin/reviews/?state=waiting"
    assert "先按“领取”" in told[1].body


def test_the_number_is_of_the_division_and_the_year_without_gaps(cast):
    numbers = [submit(cast.resident, form_key=f"{i}" * 24).number for i in range(1, 4)]
    heads = {number[:17] for number in numbers}
    tails = [int(number[-6:]) for number in numbers]
    assert (len(heads), tails) == (1, [tails[0], tails[0] + 1, tails[0] + 2])
    assert numbers[0].startswith("JY-430381001-20")


def test_the_same_form_twice_is_one_row_with_one_number(cast):
    first, second = submit(cast.resident), submit(cast.resident)
    assert (second.number, first.is_new, second.is_new, Proposal.objects.count()) == (first.number, True, False, 1)


def test_the_same_key_with_other_words_is_refused(cast):
    submit(cast.resident)
    with pytest.raises(KeyReused):
        submit(cast.resident, body="别的内容")
    assert Proposal.objects.count() == 1


def test_another_persons_key_answers_nothing_of_the_first(cast):
    first, second = submit(cast.resident), submit(cast.resident2)
    assert first.number != second.number


def test_an_unverified_person_cannot_submit(cast):
    cast.resident.verified_at = None
    with pytest.raises(PermissionDenied):
        submit(cast.resident)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"body": "  \n"}, "请填写建议内容。"),
        ({"body": "字" * 2001}, "内容不能超过2000字。"),
        ({"title": "字" * 26}, "标题不能超过25字。"),
        ({"category_group": "nothing"}, "请重新选择分类和渠道。"),
    ],
)
def test_a_wrong_text_is_refused_and_nothing_is_saved(fields, message, cast):
    with pytest.raises(Refused) as refusal:
        submit(cast.resident, **fields)
    assert (str(refusal.value.message), Proposal.objects.count()) == (message, 0)
    assert submit(cast.resident).is_new  # the key is free again


def test_a_community_of_another_subdistrict_is_refused(cast):
    from portal.jurisdictions.models import Division

    elsewhere = make.other_subdistrict()
    community = Division.objects.create(
        code="430381999001", name="示例社区", level="community", parent=elsewhere, path=f"{elsewhere.path}430381999001/"
    )
    with pytest.raises(Refused):
        submit(cast.resident, community=community)
    with pytest.raises(Refused):
        submit(cast.resident, division=community)


def test_discipline_is_answered_with_12388_at_once(cast):
    proposal = submit(cast.resident, category_group="discipline").proposal
    assert (proposal.state, proposal.diverted_to, proposal.review.state) == ("diverted", "discipline", "diverted")
    bodies = Message.objects.filter(recipient=cast.resident).order_by("pk").values_list("body", flat=True)
    assert ["12388" in body for body in bodies] == [False, True]
    assert not Message.objects.filter(kind="review_work").exists()  # there is nothing to review


def test_a_generated_title_never_ends_inside_a_phone_number(cast):
    body = "望春门街道三眼井社区二栋请拨打13812345678联系我"
    proposal = make.published(cast.resident, cast.moderator, body=body)
    assert "138" not in proposal.title + proposal.body


def test_the_draft_gives_its_photos_and_goes(cast, picture):
    draft = services.save_draft(key=KEY, content={"body": make.BODY}, user=cast.resident)
    photo = services.add_photo(draft=draft, upload=picture())
    proposal = submit(cast.resident, draft=draft).proposal
    photo.refresh_from_db()
    assert (photo.proposal, photo.draft, Draft.objects.count()) == (proposal, None, 0)


def test_a_nickname_shows_only_if_ticked(cast):
    cast.resident.nickname = "老街坊"
    cast.resident.save(update_fields=["nickname"])
    shown = submit(cast.resident, form_key="1" * 24, shows_nickname=True, name="张建国").proposal
    hidden = submit(cast.resident, form_key="2" * 24, name="张建国").proposal
    labels = [services.publish_proposal(proposal=row, by=cast.moderator).author_label for row in (shown, hidden)]
    assert labels == ["老街坊", "居民 张**"]


def test_a_returned_proposal_goes_back_under_its_number(cast):
    proposal = make.submitted(cast.resident)
    services.return_for_correction(proposal=proposal, by=cast.moderator, reason="请写明位置")
    again = services.resubmit_proposal(proposal=proposal, by=cast.resident, body="三眼井路口的路灯坏了")
    assert (again.number, again.state, again.review_id) == (proposal.number, "submitted", proposal.review_id)
    again.review.refresh_from_db()
    assert (again.review.round, again.review.original_body, again.review.claimed_by) == (
        2,
        "三眼井路口的路灯坏了",
        None,
    )


def test_a_withdrawn_public_proposal_keeps_its_title_and_loses_its_text(cast):
    proposal = make.published(cast.resident, cast.moderator)
    row = services.withdraw_proposal(proposal=proposal, by=cast.resident)
    assert (row.state, bool(row.title), row.body, row.is_public) == ("withdrawn", True, "", True)


def test_what_is_being_handled_cannot_be_withdrawn(cast):
    proposal = make.in_state(make.State.SCREENING, cast)
    services.adopt_proposal(proposal=proposal, by=cast.director, route="quick", matter_level="own")
    with pytest.raises(PermissionDenied):
        services.withdraw_proposal(proposal=proposal, by=cast.resident)


def test_a_resident_without_an_account_is_told_through_whoever_wrote_it_down(cast):
    submission = services.enter_for_resident(
        by=cast.community, form_key=KEY, division=make.subdistrict(), body=make.BODY, channel="home_visit",
        name="王奶奶", phone="13900000000",
    )  # fmt: skip
    proposal = submission.proposal
    assert (proposal.author, proposal.entered_by, proposal.channel) == (None, cast.community, "home_visit")
    author = Author.objects.get(proposal=proposal)
    assert (author.name, author.phone) == ("王奶奶", "13900000000")
    message = Message.objects.get(subject_key=proposal.number, kind="own_proposal")
    assert (message.recipient, "转告建议人" in message.body) == (cast.community, True)


def test_contact_data_is_sealed_in_the_database(cast):
    from django.db import connection

    services.enter_for_resident(
        by=cast.community, form_key=KEY, division=make.subdistrict(), body=make.BODY, channel="call",
        name="王奶奶", phone="13900000000",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM proposals_author")
        stored = str(cursor.fetchall())
    assert ("王奶奶" in stored, "13900000000" in stored) == (False, False)


def test_a_days_visits_are_all_saved_or_none(cast):
    entries = [services.VisitEntry(body=f"第{n}户的建议") for n in range(1, 4)]
    asked = {"by": cast.community, "division": make.subdistrict(), "channel": "home_visit"}
    with pytest.raises(Refused) as refusal:
        services.enter_visits(form_key=KEY, entries=[*entries, services.VisitEntry(body=" ")], **asked)
    assert (str(refusal.value.message)[:4], Proposal.objects.count()) == ("第4条：", 0)
    saved = services.enter_visits(form_key=KEY, entries=entries, **asked)
    again = services.enter_visits(form_key=KEY, entries=entries, **asked)
    assert ([s.number for s in again], Proposal.objects.count()) == ([s.number for s in saved], 3)


def test_a_community_worker_enters_in_the_own_place_only(cast):
    with pytest.raises(PermissionDenied):
        services.enter_for_resident(
            by=cast.community, form_key=KEY, division=make.other_subdistrict(), body=make.BODY, channel="call"
        )
