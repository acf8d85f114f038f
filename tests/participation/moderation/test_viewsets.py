import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from participation.moderation.models import Review
from participation.proposals import services
from participation.proposals.models import Photo, Proposal
from portal.trail.selectors import history_of
from tests.factories import proposals as make

QUEUE = "/admin/reviews/"


@pytest.fixture
def staff(client, cast):
    """`staff("moderator")` logs that person in and answers the client."""

    def enter(name):
        client.force_login(cast[name], backend="portal.accounts.backends.ScopedRoleBackend")
        return client

    return enter


def page(review):
    return reverse("reviews:review", args=[review.pk])


@pytest.mark.parametrize("name", ["resident", "member", "clerk", "community", "editor", "unit", "auditor", "superior"])
def test_the_queue_is_closed_to_those_who_do_not_review(name, staff, cast):
    review = make.submitted(cast.resident).review
    browser = staff(name)
    answers = [browser.get(url).status_code for url in (QUEUE, f"{QUEUE}results/", page(review))]
    answers.append(browser.post(page(review), {"verb": "publish"}).status_code)
    answers.append(browser.post(f"{QUEUE}bulk/", {"id": review.pk, "verb": "publish"}).status_code)
    assert set(answers) <= {302, 403}
    assert Review.objects.get().state == "waiting"


def test_the_queue_lists_what_waits_in_scope_and_nothing_else(staff, cast):
    here = make.submitted(cast.resident, body="本街道的路灯坏了")
    there = make.submitted(cast.resident, body="别处的路灯坏了", division=make.other_subdistrict())
    text = staff("committee").get(f"{QUEUE}?state=waiting").content.decode()
    assert (here.number in text, there.number in text) == (True, False)


def test_a_review_of_another_place_is_not_found(staff, cast):
    review = make.submitted(cast.resident, division=make.other_subdistrict()).review
    browser = staff("committee")
    assert [browser.get(page(review)).status_code, browser.post(page(review), {"verb": "publish"}).status_code] == [
        404
    ] * 2


def test_the_queue_can_be_filtered_and_searched(staff, cast):
    first = make.submitted(cast.resident, body="路灯坏了")
    second = make.submitted(cast.resident, body="电梯停了")
    services.take_for_review(proposal=first, by=cast.moderator)
    browser = staff("moderator")
    for query, expected in {
        "q=电梯": {second.number},
        f"q={first.number}": {first.number},
        "claimed=mine": {first.number},
        "claimed=free": {second.number},
        "state=published": set(),
        f"division={make.subdistrict().pk}": {first.number, second.number},
        f"division={make.other_subdistrict().pk}": set(),
        "submitted_at_from=2999-01-01": set(),
    }.items():
        text = browser.get(f"{QUEUE}?{query}").content.decode()
        table = text[text.rfind("<tbody") :]
        assert {row.number for row in (first, second) if row.number in table} == expected, query


def test_the_queue_shows_only_what_waits_unless_asked_for_all(staff, cast):
    waits, claimed, done, old = (make.submitted(cast.resident, body=f"第{n}处路灯坏了") for n in range(4))
    services.take_for_review(proposal=claimed, by=cast.moderator)
    services.publish_proposal(proposal=done, by=cast.moderator)
    Review.objects.filter(pk=old.review_id).update(state="imported")
    browser = staff("moderator")
    numbers = [row.number for row in (waits, claimed, done, old)]
    for query, expected in {"": numbers[:2], "?state=": numbers[:2], "?state=all": numbers}.items():
        text = browser.get(f"{QUEUE}{query}").content.decode()
        assert [number for number in numbers if number in text] == expected, query
        assert 'href="/admin/reviews/?state=all"' in text
    assert text.index("勾选后可批量") < text.index(numbers[0])


def test_personal_data_typed_into_the_public_text_is_hidden_again(staff, cast):
    proposal = make.submitted(cast.resident)
    data = {"verb": "publish", "public_title": "找13812345678", "public_body": "路灯坏了，电话13812345678。"}
    response = staff("moderator").post(page(proposal.review), data, follow=True)
    proposal.refresh_from_db()
    assert proposal.state == "published"
    kept = proposal.title + proposal.body + proposal.review.public_title + proposal.review.public_body
    assert "13812345678" not in kept
    assert "已自动隐去" in response.content.decode()


@pytest.mark.parametrize("verb", ["reject", "return_for_correction"])
def test_a_reason_that_is_too_long_gets_one_error(verb, staff, cast):
    review = make.submitted(cast.resident).review
    text = staff("moderator").post(page(review), {"verb": verb, "reason": "长" * 501}).content.decode()
    assert ("理由请缩短到500字以内" in text, "请填写理由" in text) == (True, False)


def test_the_queue_costs_as_many_queries_for_three_as_for_one(staff, cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = staff("moderator")
    counts = []
    for more in (1, 2):
        for _n in range(more):
            make.submitted(cast.resident)
        browser.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            browser.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_shows_the_original_beside_the_masked_text(staff, cast):
    review = make.submitted(cast.resident, body=f"{make.BODY}电话13812345678").review
    text = staff("moderator").get(page(review)).content.decode()
    assert '<mark class="level-personal">13812345678</mark>' in text
    assert review.public_body in text


def test_what_was_typed_is_never_markup(staff, cast):
    payload = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    review = make.submitted(cast.resident, title="<b>粗</b>", body=payload).review
    browser = staff("moderator")
    for url in (page(review), QUEUE, reverse("proposals_admin:detail", args=[Proposal.objects.get().pk])):
        text = browser.get(url).content.decode()
        assert ("<script>alert" in text, "<img src=x" in text, "<b>粗" in text) == (False, False, False), url


@pytest.mark.parametrize(
    ("data", "state"),
    [
        ({"verb": "publish", "public_body": "路灯坏了。"}, "published"),
        ({"verb": "return_for_correction", "reason": "请写明位置"}, "returned"),
        ({"verb": "reject", "reason": "广告"}, "rejected"),
        ({"verb": "divert", "channel": "police"}, "diverted"),
        ({"verb": "claim"}, "under_review"),
    ],
)
def test_each_verb_works_from_the_page(data, state, staff, cast):
    proposal = make.submitted(cast.resident)
    response = staff("moderator").post(page(proposal.review), data)
    proposal.refresh_from_db()
    assert (response.status_code, proposal.state) == (302, state)


@pytest.mark.parametrize(
    "data",
    [
        {"verb": "return_for_correction"},
        {"verb": "reject", "reason": "  "},
        {"verb": "divert"},
        {"verb": "divert", "channel": "nowhere"},
        {"verb": "merge"},
        {"verb": "merge", "target_number": "JY-430381001-2026-999999"},
        {"verb": "transfer", "reason": "属于该街道"},
        {"verb": "publish", "public_body": " "},
        {"verb": "publish", "public_body": "好", "round": "7"},
        {"verb": "void"},
        {},
    ],
)
def test_a_wrong_decision_changes_nothing_and_keeps_what_was_typed(data, staff, cast):
    proposal = make.submitted(cast.resident)
    response = staff("moderator").post(page(proposal.review), data)
    proposal.refresh_from_db()
    assert (response.status_code, proposal.state) == (422, "submitted")
    assert data.get("reason", "").strip() in response.content.decode()


def test_merge_and_transfer_from_the_page(staff, cast):
    target = make.published(cast.resident2, cast.moderator)
    source, moving = make.submitted(cast.resident), make.submitted(cast.resident)
    browser = staff("moderator")
    text = browser.get(page(source.review)).content.decode()
    assert target.number in text  # suggested as similar
    browser.post(page(source.review), {"verb": "merge", "target": target.number})
    there = make.other_subdistrict()
    browser.post(page(moving.review), {"verb": "transfer", "division": there.pk, "reason": "属于该街道"})
    source.refresh_from_db()
    moving.refresh_from_db()
    assert (source.merged_into, moving.division) == (target, there)


def test_merge_takes_the_last_six_digits_as_people_write_them(staff, cast):
    target = make.published(cast.resident2, cast.moderator)
    source = make.submitted(cast.resident)
    staff("moderator").post(page(source.review), {"verb": "merge", "target_number": f" {target.number[-6:]}　"})
    source.refresh_from_db()
    assert source.merged_into == target


def test_only_plausible_ones_are_offered_to_merge_into(staff, cast):
    target = make.published(cast.resident2, cast.moderator)
    source = make.submitted(cast.resident, body="图书馆周末能不能开到晚上九点，孩子想去自习。")
    assert target.number not in staff("moderator").get(page(source.review)).content.decode()


def test_one_panel_offers_the_verbs_and_the_likely_channels_first(staff, cast):
    review = make.submitted(cast.resident, body="有人在小区门口赌博，报警也没用。").review
    text = staff("moderator").get(page(review)).content.decode()
    verbs = re.findall(r'type="radio" name="verb" value="(\w+)"( checked)?', text)
    assert verbs == [
        (verb, "") for verb in ("publish", "return_for_correction", "reject", "divert", "merge", "transfer", "classify")
    ]
    assert text.index('label="可能适用"') < text.index('value="police"') < text.index('label="其他渠道"')


def test_a_transfer_target_that_is_no_subdistrict_is_refused(staff, cast):
    proposal = make.submitted(cast.resident)
    county = make.subdistrict().parent_id
    response = staff("moderator").post(page(proposal.review), {"verb": "transfer", "division": county, "reason": "x"})
    assert response.status_code == 422


def test_bulk_verbs_need_ticks_and_reasons_and_are_all_or_none(staff, cast):
    rows = [make.submitted(cast.resident) for _n in range(3)]
    keys = [row.review_id for row in rows]
    browser = staff("moderator")

    def states():
        return sorted(Proposal.objects.values_list("state", flat=True))

    for data in ({"verb": "publish"}, {"id": keys, "verb": "reject"}, {"id": keys, "verb": "divert"}):
        browser.post(f"{QUEUE}bulk/", data)
        assert states() == ["submitted"] * 3
    browser.post(f"{QUEUE}bulk/", {"id": keys[:1], "verb": "reject", "reason": "广告"})
    browser.post(f"{QUEUE}bulk/", {"id": keys[1:2], "verb": "divert", "channel": "court"})
    browser.post(f"{QUEUE}bulk/", {"id": keys[2:], "verb": "publish"})
    assert states() == ["diverted", "published", "rejected"]


def test_a_bulk_request_with_a_foreign_review_is_refused_whole(staff, cast):
    mine = make.submitted(cast.resident)
    foreign = make.submitted(cast.resident, division=make.other_subdistrict())
    both = {"id": [mine.review_id, foreign.review_id], "verb": "publish"}
    response = staff("committee").post(f"{QUEUE}bulk/", both, follow=True)
    told = [str(each) for each in response.context["messages"]]
    assert (response.request["PATH_INFO"], told) == (QUEUE, ["有件不在您的审核范围内，没有处理任何一件。"])
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["submitted"] * 2


def test_the_way_back_leads_to_the_queue_only(staff, cast):
    response = staff("moderator").post(f"{QUEUE}bulk/", {"query": "https://evil.example/", "verb": "publish"})
    assert response["Location"].startswith(QUEUE)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_export_holds_masked_text_in_scope_and_is_recorded(file_format, staff, cast):
    make.submitted(cast.resident, body="=1+1请拨13812345678")
    make.submitted(cast.resident, body="别处的事", division=make.other_subdistrict())
    response = staff("committee").get(f"{QUEUE}?export={file_format}")
    content = b"".join(response.streaming_content)
    if file_format == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr"}
    else:
        text = content.decode("utf-8-sig")
    assert ("13812345678" in text, "别处的事" in text, "1+1" in text) == (False, False, True)
    assert [(e.verb, e.actor, e.detail["rows"]) for e in history_of("review_queue", "export")] == [
        ("export", cast.committee.trail_id, 1)
    ]
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_a_photo_can_be_kept_from_the_public(staff, cast, picture):
    draft = services.save_draft(key="k" * 24, content={}, user=cast.resident)
    services.add_photo(draft=draft, upload=picture())
    proposal = make.submitted(cast.resident, draft=draft)
    photo = Photo.objects.get()
    browser = staff("moderator")
    browser.post(page(proposal.review), {"photo": photo.pk, "withholds": "1"})
    assert Photo.objects.get().is_withheld
    assert browser.post(
        page(make.submitted(cast.resident).review), {"photo": photo.pk, "withholds": "0"}
    ).status_code in {
        302,
        422,
    }
    assert Photo.objects.get().is_withheld


def test_the_home_panel_counts_what_waits(staff, cast):
    make.submitted(cast.resident)
    services.take_for_review(proposal=make.submitted(cast.resident), by=cast.moderator)
    text = staff("moderator").get("/admin/").content.decode()
    assert ("<strong>2</strong>件待审" in text, "<strong>1</strong>件由我领取" in text) == (True, True)


def test_the_menu_shows_each_what_is_theirs(staff, cast):
    found = {}
    for name in ("moderator", "community", "editor"):
        text = staff(name).get("/admin/").content.decode()
        found[name] = tuple(url in text for url in ("/admin/reviews/", "/admin/proposals/enter/"))
    assert found == {"moderator": (True, True), "community": (False, True), "editor": (False, False)}


def test_whoever_decides_second_keeps_the_text_and_sees_who_was_first_when_and_what(staff, cast):
    """R20: nothing is overwritten silently, and nothing typed is lost."""
    review = make.submitted(cast.resident).review
    services.publish_proposal(proposal=Proposal.objects.get(), by=cast.moderator)
    typed = {"verb": "publish", "public_title": "我改的标题", "public_body": "我改了很久的公开文本", "reason": "补充"}
    answer = staff("committee").post(page(review), typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    for words in ("我改的标题", "我改了很久的公开文本", "补充"):
        assert len(re.findall(rf"<textarea readonly[^>]*>{words}</textarea>", text)) == 1
    said = re.search(r"已有变化：([-\d]{10} [:\d]{5}) (.*?)</p>", re.sub(r"\s+", " ", text))
    assert said is not None
    assert said[2] == f"通过并公开 · {cast.moderator.get_full_name()}"
    review.refresh_from_db()
    assert "我改了很久" not in review.public_body


@pytest.mark.parametrize("key", ["²", "9" * 30, "-1", "x"])
def test_a_tick_that_no_row_can_have_changes_nothing(key, staff, cast):
    make.submitted(cast.resident)
    assert staff("moderator").post(f"{QUEUE}bulk/", {"id": key, "verb": "claim"}).status_code == 302
    assert Review.objects.get().claimed_by is None
