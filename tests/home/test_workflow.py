"""三审三校: an editor submits, others pass, level by level; nobody publishes past it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import NewsIndexPage, NewsPage
from portal.jurisdictions.models import Division
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue
from portal.outbox.models import Message
from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.races.harness import at_once

HERE, ELSEWHERE = "430381001000", "430381002000"


def division(code: str = HERE) -> Division:
    return Division.objects.get(code=code)


@pytest.fixture
def activity(cast: Cast) -> NewsIndexPage:
    return column()


def form(**values: object) -> dict[str, object]:
    fields = {
        "title": "议事会听取电梯加装进展",
        "slug": "lift",
        "summary": "会上提出三条意见。",
        "division": division().pk,
        "source": "街道人大工委（示例）",
        "author": "",
        "editor": "编辑示例",
        "lead_image": "",
        "lead_image_alt": "",
        "body": streamfield([("paragraph", rich_text("<p>会上听取了电梯加装进展。</p>"))]),
        "related_proposals": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        **values,
    }
    return nested_form_data(fields)


def written(client: Client, activity: NewsIndexPage, who: object, action: str, **values: object) -> NewsPage | None:
    client.force_login(who)
    url = reverse("wagtailadmin_pages:add", args=("home", "newspage", activity.pk))
    response = client.post(url, {**form(**values), **({action: "1"} if action else {})})
    assert response.status_code in (200, 302), response.status_code
    return NewsPage.objects.filter(slug=values.get("slug", "lift")).first()


def decided(client: Client, page: NewsPage, who: object, action: str, comment: str = "") -> bool:
    """Whether the decision was taken; Wagtail sends back with a message either way."""
    client.force_login(who)
    task_state = WorkflowState.objects.active().for_instance(page).get().current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, action, task_state.pk))
    client.post(url, {"comment": comment})
    task_state.refresh_from_db()
    return task_state.status != "in_progress"


def test_an_editor_cannot_publish_whatever_is_posted(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    page = written(client, activity, cast.editor, "action-publish")
    assert page is not None
    assert (page.live, page.current_workflow_state) == (False, None)
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), {**form(), "action-publish": "1"})
    page.refresh_from_db()
    assert page.live is False


def test_one_level_a_reviewer_passes_and_it_is_published_with_the_name(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    assert page.current_workflow_state.workflow.name == "一审后发布"
    assert decided(client, page, cast.moderator, "approve")
    page.refresh_from_db()
    assert (page.live, page.reviewer) == (True, "审核员示例")
    assert client.get(page.url).status_code == 200


def test_an_autosave_on_the_way_of_a_decision_decides_nothing(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    client.force_login(cast.moderator)
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    decision = {**form(), "action-workflow-action": "1", "workflow-action-name": "approve"}
    saved = client.post(address, decision, headers={"accept": "application/json"})
    page.refresh_from_db()
    assert (saved.status_code, page.live, page.current_workflow_state.status) == (400, False, "in_progress")
    client.post(address, decision)
    page.refresh_from_db()
    assert (page.live, page.current_workflow_state) == (True, None)


def test_three_levels_are_three_people_and_none_of_them_the_author(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    add_terms_period(
        division=division(), starts_on=timezone.localdate(), values={"review_levels": StatedValue(3)}, reason="试"
    )
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    for reviewer in (cast.moderator, cast.committee, cast.director):
        assert page.live is False
        others = {cast.editor, cast.moderator, cast.committee, cast.director} - {reviewer}
        assert {decided(client, page, other, "approve") for other in others} == {False}
        assert decided(client, page, reviewer, "approve")
        page.refresh_from_db()
    assert (page.live, page.reviewer) == (True, "审核员示例、工委干事示例、工委主任示例")


def test_who_submitted_it_does_not_pass_it_superusers_included(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.admin, "action-submit")
    assert page is not None
    assert not decided(client, page, cast.admin, "approve")
    state = WorkflowState.objects.active().for_instance(page).get()
    with pytest.raises(PermissionDenied):
        state.current_task_state.task.specific.on_action(state.current_task_state, cast.admin, "approve")
    page.refresh_from_db()
    assert page.live is False


def test_a_reviewer_who_changes_the_text_cannot_pass_it(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    client.force_login(cast.moderator)
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), form(title="我改的题目"))
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "我改的题目"
    assert not decided(client, page, cast.moderator, "approve")
    page.refresh_from_db()
    assert page.live is False


def test_passing_in_the_editor_counts_as_no_change_though_blocks_get_new_ids(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    client.force_login(cast.moderator)
    # the test's form gives every block another id, as Wagtail's editor does with blocks that had none
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), {**form(), **action})
    page.refresh_from_db()
    assert (page.live, page.reviewer) == (True, "审核员示例")


def test_changing_and_passing_in_one_click_is_refused(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    client.force_login(cast.moderator)
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), {**form(title="我改的"), **action})
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)


def test_a_returned_page_goes_back_to_its_editor_and_comes_again(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    assert decided(client, page, cast.moderator, "reject", "请补上时间")
    state = WorkflowState.objects.active().for_instance(page).get()
    assert (state.status, state.current_task_state.comment) == ("needs_changes", "请补上时间")
    client.force_login(cast.editor)
    edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    client.post(edit, {**form(summary="三月十日提出三条意见。"), "action-submit": "1"})
    assert decided(client, page, cast.moderator, "approve")
    page.refresh_from_db()
    assert (page.live, page.summary) == (True, "三月十日提出三条意见。")


def test_while_it_waits_the_editor_cannot_change_it(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), form(title="偷改"))
    assert page.get_latest_revision_as_object().title == "议事会听取电梯加装进展"


def test_a_scheduled_page_goes_out_when_its_time_comes(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    later = timezone.localtime() + timedelta(hours=2)
    page = written(client, activity, cast.editor, "action-submit", go_live_at=later.strftime("%Y-%m-%d %H:%M"))
    assert page is not None
    assert decided(client, page, cast.moderator, "approve")
    page.refresh_from_db()
    assert (page.live, page.approved_schedule) == (False, True)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        call_command("publish_scheduled")
        page.refresh_from_db()
        assert page.live is True
        assert abs(page.published_at - timezone.now()) < timedelta(minutes=1)


def test_an_unreviewed_schedule_never_goes_out(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    soon = timezone.localtime() + timedelta(hours=1)
    page = written(client, activity, cast.editor, "action-submit", go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
    assert page is not None
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live is False


def test_waiting_pages_are_listed_for_the_reviewers_of_the_division_only(cast: Cast, activity: NewsIndexPage) -> None:
    page = news(activity, division(ELSEWHERE), live=False, owner=cast.admin)
    page.save_revision(user=cast.admin)
    page.get_workflow().start(page, cast.admin)
    task = page.current_workflow_task
    people = ("editor", "moderator", "committee", "director")
    found = {name: task.get_task_states_user_can_moderate(cast[name]).count() for name in people}
    assert found == {"editor": 0, "moderator": 1, "committee": 0, "director": 0}


def test_who_opens_a_returned_page_reads_why_until_it_is_submitted_again(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    assert decided(client, page, cast.moderator, "reject", "请写明<b>时间</b>")
    client.force_login(cast.editor)
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    said = "<p><strong>审核员示例退回修改</strong></p><p>请写明&lt;b&gt;时间&lt;/b&gt;</p>"
    assert said in client.get(address).content.decode()
    client.post(address, {**form(), "action-submit": "1"})
    assert "审核员示例退回修改" not in client.get(address).content.decode()


def test_nobody_returns_a_page_without_saying_why(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    client.force_login(cast.moderator)
    task_state = page.current_workflow_task_state
    for door in ("workflow_action", "collect_workflow_action_data"):
        url = reverse(f"wagtailadmin_pages:{door}", args=(page.pk, "reject", task_state.pk))
        shown = client.post(url, {"comment": "  "}, headers={"x-requested-with": "XMLHttpRequest"}).json()
        assert (shown["step"], "请写明退回的原因，编辑照着改。" in shown["html"]) == ("action", True)
    edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    for said in ("{}", '{"comment": " "}', "[]", "no json", ""):
        action = {"action-workflow-action": "1", "workflow-action-name": "reject", "workflow-action-extra-data": said}
        response = client.post(edit, {**form(title="我改的题目"), **action}, follow=True)
        assert "请写明退回的原因，编辑照着改。" in response.content.decode()
    with pytest.raises(PermissionDenied):
        task_state.task.specific.on_action(task_state, cast.moderator, "reject")
    task_state.refresh_from_db()
    page.refresh_from_db()
    assert (task_state.status, page.get_latest_revision_as_object().title) == ("in_progress", "我改的题目")


def test_an_old_tab_does_not_save_over_what_somebody_else_kept_and_loses_nothing(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = news(activity, division(), live=False, owner=cast.editor)
    loaded = page.save_revision(user=cast.editor)
    page.title = "主管改的题目"
    page.save_revision(user=cast.admin)
    client.force_login(cast.editor)
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    stale = {"loaded_revision_id": str(loaded.pk), "loaded_revision_created_at": loaded.created_at.isoformat()}
    values = form(title="旧标签页改的题目", slug=page.slug)
    told = client.post(address, {**values, **stale})
    newest = page.get_latest_revision()
    assert ("别人保存了新的版本" in told.content.decode(), "旧标签页改的题目" in told.content.decode()) == (True, True)
    assert newest.as_object().title == "主管改的题目"
    fresh = {"loaded_revision_id": str(newest.pk), "loaded_revision_created_at": newest.created_at.isoformat()}
    assert all(value in told.content.decode() for value in fresh.values())
    client.post(address, {**values, **fresh})
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "旧标签页改的题目"


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_publish_once_and_the_second_is_told(cast: Cast) -> None:
    page = written(Client(), column(), cast.editor, "action-submit")
    assert page is not None
    decision = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    values = form() | decision

    def approve() -> str:
        client = Client()
        client.force_login(cast.moderator)
        try:
            answer = client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), values)
            return "|".join(str(message) for message in get_messages(answer.wsgi_request))
        finally:
            connections.close_all()

    told = at_once([approve, approve])
    page.refresh_from_db()
    assert sorted("审核没有生效" in words for words in told) == [False, True]
    assert (page.live, page.has_unpublished_changes) == (True, False)
    actions = PageLogEntry.objects.filter(page=page).values_list("action", flat=True)
    assert [list(actions).count(name) for name in ("wagtail.publish", "wagtail.workflow.approve")] == [1, 1]


def said_to(client: Client, page: NewsPage, who: object, action: str, **values: object) -> tuple[int, str]:
    """The status and what is said when somebody decides in the editor."""
    client.force_login(who)
    reason = {"workflow-action-extra-data": '{"comment": "请补上时间"}'}
    decision = {"action-workflow-action": "1", "workflow-action-name": action, **reason}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), {**form(**values), **decision})
    if answer.status_code != 302:
        return answer.status_code, answer.content.decode()
    shown = client.get(answer.headers["Location"], follow=True).context["messages"]
    return 302, "|".join(str(message).strip() for message in shown)


@time_machine.travel("2026-03-10 09:05+08:00", tick=False)
def test_who_decides_second_hears_who_was_first_and_keeps_what_was_typed(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    assert said_to(client, page, cast.admin, "reject") == (302, "您已退回修改：“议事会听取电梯加装进展”。")
    status, html = said_to(client, page, cast.moderator, "approve", title="我改的题目")
    assert (status, "已于2026年3月10日 9:05退回修改。" in html, "我改的题目" in html) == (409, True, True)
    assert ("请补上时间" in html, "会上提出三条意见。" in html) == (True, False)
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    saved = client.post(address, form(title="只想保存的题目"))
    assert (saved.status_code, "只想保存的题目" in saved.content.decode()) == (409, True)
    client.force_login(cast.editor)
    client.post(address, {**form(), "action-submit": "1"})
    waiting = page.current_workflow_task_state
    assert said_to(client, page, cast.admin, "approve") == (302, "您已审核通过并发布：“议事会听取电梯加装进展”。")
    client.force_login(cast.moderator)
    for door in ("workflow_action", "collect_workflow_action_data"):
        url = reverse(f"wagtailadmin_pages:{door}", args=(page.pk, "reject", waiting.pk))
        answer = client.post(url, {"comment": "还差图"}, headers={"x-requested-with": "XMLHttpRequest"})
        assert answer.json()["step"] == "success"
    told = [str(message).strip() for message in get_messages(answer.wsgi_request)]
    assert [words.split("已于")[1] for words in told] == [
        "2026年3月10日 9:05审核通过并发布。您写的意见没有发出：还差图"
    ]


def test_reviewers_of_the_division_read_the_history_after_the_decision(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    assert decided(client, page, cast.moderator, "approve")
    revision = page.revisions.latest("pk").pk
    addresses = [
        reverse("wagtailadmin_pages:history", args=(page.pk,)),
        reverse("wagtailadmin_pages:history_results", args=(page.pk,)),
        reverse("wagtailadmin_pages:revisions_view", args=(page.pk, revision)),
        reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, "earliest", "live")),
        reverse("wagtailadmin_pages:edit", args=(page.pk,)),
    ]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200, 200, 302]
    assert addresses[-1] not in client.get(addresses[0]).content.decode()
    NewsPage.objects.filter(pk=page.pk).update(division=division(ELSEWHERE))
    client.force_login(cast.committee)
    assert [client.get(address).status_code for address in addresses] == [302] * 5


def test_a_comment_is_told_to_the_author_through_the_outbox(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    client.force_login(cast.moderator)
    note = {"text": "这里差一个日期", "contentpath": "summary", "position": "", "replies": inline_formset([])}
    values = form(comments=inline_formset([note]))
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), values)
    told = Message.objects.filter(event__contains=":comment:")
    assert [(row.recipient, row.title) for row in told] == [(cast.editor, "稿件有新的批注：议事会听取电梯加装进展")]
