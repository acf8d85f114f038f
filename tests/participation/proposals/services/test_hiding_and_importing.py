from datetime import timedelta

import pytest
from django.utils import timezone

from participation.moderation.models import Review
from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Author, Draft, Proposal, Support
from portal.outbox.models import Message
from portal.trail.selectors import history_of
from tests.factories import proposals as make


# --- Hiding ---------------------------------------------------------------------------------------------------
def test_the_one_who_hid_neither_confirms_nor_restores(cast):
    proposal = make.published(cast.resident, cast.moderator)
    services.hide_proposal(proposal=proposal, by=cast.moderator, reason="违法内容")
    for verb in (services.confirm_hiding, services.restore_proposal):
        with pytest.raises(Refused):
            verb(proposal=proposal, by=cast.moderator)
    row = services.confirm_hiding(proposal=proposal, by=cast.director)
    assert (row.hiding_confirmed_by, row.is_public) == (cast.director, False)
    with pytest.raises(Refused):
        services.restore_proposal(proposal=proposal, by=cast.committee)


def test_what_is_hidden_cannot_be_hidden_again(cast):
    proposal = make.published(cast.resident, cast.moderator)
    services.hide_proposal(proposal=proposal, by=cast.moderator, reason="违法内容")
    with pytest.raises(Refused):
        services.hide_proposal(proposal=proposal, by=cast.director, reason="违法内容")


def test_a_hidden_import_keeps_its_text_for_the_second_person(cast):
    proposal = make.imported(is_public=True)
    title = proposal.title
    services.hide_proposal(proposal=proposal, by=cast.moderator, reason="违法内容")
    assert services.restore_proposal(proposal=proposal, by=cast.director).title == title


def test_a_void_number_stays_and_nothing_else_is_public(cast):
    proposal = make.published(cast.resident, cast.moderator)
    row = services.void_proposal(proposal=proposal, by=cast.director, reason="重复录入")
    assert (row.number, row.title, row.body, row.author_label, row.is_public) == (proposal.number, "", "", "", False)
    assert history_of("proposal", proposal.number)[-1].reason == "重复录入"


def test_what_others_were_merged_into_is_not_voided(cast):
    target = make.published(cast.resident2, cast.moderator)
    services.merge_proposal(proposal=make.published(cast.resident, cast.moderator), by=cast.moderator, target=target)
    with pytest.raises(Refused):
        services.void_proposal(proposal=target, by=cast.director, reason="重复录入")


# --- Screening ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("route", "level", "is_allowed"),
    [
        ("topic", "own", True),
        ("deputy_suggestion", "upper", True),
        ("deputy_suggestion", "own", False),
        ("topic", "", False),
        ("nowhere", "own", False),
    ],
)
def test_an_adoption_says_where_it_goes_and_whose_matter_it_is(route, level, is_allowed, cast):
    proposal = make.in_state(make.State.SCREENING, cast)
    try:
        row = services.adopt_proposal(proposal=proposal, by=cast.director, route=route, matter_level=level)
        assert (row.state, row.route, row.matter_level) == ("adopted", route, level)
        allowed = True
    except Refused:
        allowed = False
    assert allowed is is_allowed


def test_the_reason_for_not_adopting_is_public_and_told(cast):
    proposal = make.in_state(make.State.NOT_ADOPTED, cast)
    assert proposal.public_reason == "已列入年度计划"
    message = Message.objects.get(event__contains=":decline:", recipient=cast.resident)
    assert "已列入年度计划" in message.body
    with pytest.raises(Refused):
        services.decline_proposal(proposal=make.in_state(make.State.SCREENING, cast), by=cast.director, reason=" ")


# --- Importing ------------------------------------------------------------------------------------------------
def message(**fields):
    defaults = {
        "source": "问政平台",
        "external_number": "2549",
        "title": "题" * 60,
        "body": "内容" * 3000 + "电话13812345678",
        "submitted_at": timezone.now() - timedelta(days=900),
    }
    return services.ImportedMessage(**defaults | fields)


def load(**fields):
    publishes = fields.pop("publishes", False)
    return services.import_message(message=message(**fields), division=make.subdistrict(), publishes=publishes)


def test_an_import_rests_unpublished_outside_the_queue_and_tells_nobody(cast):
    outcome, row = load()
    assert (outcome, row.state, row.is_public, row.title, row.body) == ("created", "imported", False, "", "")
    assert (Review.objects.waiting().count(), Message.objects.count()) == (0, 0)
    assert (row.category, row.number[:17]) == ("unsorted", f"JY-430381001-{timezone.localdate().year}")


def test_form_limits_do_not_apply_and_masking_does(db):
    _outcome, row = load(publishes=True)
    assert (len(row.title), len(row.body) > 2000, "13812345678" in row.body) == (60, True, False)


def test_a_published_import_stands_at_its_own_day(db):
    _outcome, row = load(publishes=True)
    assert row.published_at == row.submitted_at


def test_the_same_message_again_changes_nothing(db):
    load()
    outcome, row = load(title="别的标题")
    assert (outcome, Proposal.objects.count(), row.review.original_title) == ("skipped_existing", 1, "题" * 60)


def test_a_known_message_gets_the_reply_it_did_not_have(db):
    load()
    replied = {"reply_text": "已经修好。联系人电话13812345678", "replied_on": timezone.localdate()}
    outcome, row = load(**replied)
    assert (outcome, row.state, "13812345678" in row.reply_text) == ("updated", "replied_imported", False)
    assert load(**replied)[0] == "skipped_existing"


def test_another_source_may_use_the_same_number(db):
    assert [load()[0], load(source="另一个平台")[0], Proposal.objects.count()] == ["created", "created", 2]


def test_a_message_without_words_or_number_is_refused(db):
    for fields in ({"external_number": ""}, {"source": ""}, {"title": " ", "body": "\n"}):
        with pytest.raises(Refused):
            load(**fields)
    assert Proposal.objects.count() == 0


def test_publishing_an_import_twice_is_once(cast):
    _outcome, row = load()
    services.publish_import(proposal=row, by=cast.moderator)
    services.publish_import(proposal=row, by=cast.moderator)
    verbs = [entry.verb for entry in history_of("proposal", row.number)]
    assert verbs == ["import", "publish_import"]


# --- One's own data -------------------------------------------------------------------------------------------
def test_one_can_take_along_everything_one_wrote(cast):
    proposal = make.submitted(cast.resident, title="路灯坏了", name="李小明")
    services.save_draft(key="d" * 24, content={"body": "还没写完"}, user=cast.resident)
    other = make.published(cast.resident2, cast.moderator)
    services.support_proposal(proposal=other, user=cast.resident)
    rows = services.export_own(cast.resident)
    assert [(row["kind"], row.get("number"), row.get("body")) for row in rows] == [
        ("建议", proposal.number, make.BODY),
        ("草稿", None, "还没写完"),
        ("附议", other.number, None),
    ]
    assert rows[0]["name"] == "李小明"
    assert {key for row in rows for key in row} <= set(services.OWN_HEADINGS)


def test_the_photos_one_uploaded_come_along_under_the_names_in_the_table(cast, picture):
    draft = services.save_draft(key="d" * 24, content={"body": "还没写完"}, user=cast.resident)
    services.add_photo(draft=draft, upload=picture())
    services.add_photo(draft=draft, upload=picture())
    other = services.save_draft(key="e" * 24, content={"body": "别人的"}, user=cast.resident2)
    services.add_photo(draft=other, upload=picture())
    files = dict(services.own_files(cast.resident))
    [row] = services.export_own(cast.resident)
    assert (" ".join(files), row["photos"]) == ("photos/draft-1-1.jpg photos/draft-1-2.jpg",) * 2
    assert {content[:2] for content in files.values()} == {b"\xff\xd8"}


def test_a_cancelled_account_leaves_the_record_without_the_person(cast):
    proposal = make.published(cast.resident, cast.moderator, body=f"{make.BODY}电话13812345678", name="张建国")
    services.save_draft(key="d" * 24, content={"body": "还没写完"}, user=cast.resident)
    services.empty_own(cast.resident)
    proposal.refresh_from_db()
    assert (proposal.author_label, proposal.is_public, Draft.objects.count()) == ("居民", True, 0)
    assert "13812345678" not in proposal.review.original_body
    assert [(a.name, a.phone) for a in Author.objects.filter(origin=proposal)] == [("", "")]


# --- Drafts ---------------------------------------------------------------------------------------------------
def test_a_draft_survives_the_log_in_and_is_then_ones_own(cast):
    from django.contrib.auth.models import AnonymousUser
    from django.core.exceptions import PermissionDenied

    services.save_draft(key="d" * 24, content={"body": "路灯"}, user=AnonymousUser())
    draft = services.save_draft(key="d" * 24, content={"body": "路灯坏了"}, user=cast.resident)
    assert (draft.user, services.draft_content(draft)) == (cast.resident, {"body": "路灯坏了"})
    for stranger in (cast.resident2, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            services.save_draft(key="d" * 24, content={}, user=stranger)


def test_a_stale_draft_goes_with_its_photos(cast, picture):
    draft = services.save_draft(key="d" * 24, content={})
    photo = services.add_photo(draft=draft, upload=picture())
    fresh = services.save_draft(key="f" * 24, content={})
    Draft.objects.filter(pk=draft.pk).update(updated_at=timezone.now() - timedelta(days=31))
    services.delete_stale_drafts()
    assert (list(Draft.objects.all()), photo.file.storage.exists(photo.file.name)) == ([fresh], False)


def test_a_draft_is_sealed_in_the_database(cast):
    from django.db import connection

    services.save_draft(key="d" * 24, content={"phone": "13900000000"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM proposals_draft")
        assert "13900000000" not in str(cursor.fetchall())


def test_supports_of_a_cancelled_account_still_count(cast):
    proposal = make.published(cast.resident2, cast.moderator)
    services.support_proposal(proposal=proposal, user=cast.resident)
    services.empty_own(cast.resident)
    assert (Support.objects.count(), services.reconcile_supports()) == (1, [])
