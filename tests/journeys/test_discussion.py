"""A resident's words: returned with a reason, amended, published, answered by a council member and by the office."""

import re

import pytest

from tests.journeys.conftest import DESK, PHONE, OpenPage, serious_violations, violations
from tests.journeys.test_proposals import press
from tests.servers import Server

WORDS = "建议路灯装在东门，晚上老人看得清台阶。"


@pytest.mark.once  # what is written is proved on both databases by tests/participation and tests/portal
@pytest.mark.in_turn
def test_words_are_returned_amended_published_answered_and_summed_up(
    open_page: OpenPage, server: Server, scripts: bool
) -> None:
    number = server.published_proposal("东门路灯坏了两个月")
    writer = open_page(f"/proposals/{number}/", user="resident2", scripts=scripts)
    writer.get_by_role("link", name="看全部，说说您的意见").click()
    thread = writer.url
    assert serious_violations(writer) == [] if scripts else True
    writer.get_by_role("radio", name="支持").check()
    press(writer, "发表")
    writer.get_by_text("请写下您的意见。").first.wait_for()
    writer.get_by_role("textbox", name="您的意见").fill("某某家总把车停在灯下！")
    assert writer.get_by_role("radio", name="支持").is_checked()
    press(writer, "发表")
    writer.get_by_text("审核以后公开").first.wait_for()

    moderator = open_page("/admin/reviews/?state=waiting", user="moderator", scripts=scripts, viewport=DESK)
    moderator.get_by_role("row", name=re.compile("某某家总把车停")).get_by_role("link").first.click()
    review = moderator.url
    moderator.get_by_role("radio", name="退回补正").check()
    moderator.locator('textarea[name="reason"]').fill("请不要写别人的姓名。")
    press(moderator, "确定处理")

    writer.goto("/me/comments/")
    writer.get_by_text("请不要写别人的姓名。").wait_for()
    writer.get_by_role("link", name="去补正").click()
    assert serious_violations(writer) == [] if scripts else True
    writer.get_by_role("textbox", name="您的意见").fill(WORDS)
    press(writer, "重新提交")
    writer.get_by_text("已重新提交").wait_for()
    moderator.goto(review)
    moderator.get_by_role("radio", name="通过并公开").check()
    press(moderator, "确定处理")

    visitor = open_page(thread, scripts=scripts)
    visitor.get_by_text(WORDS).wait_for()
    assert "某某家" not in visitor.content()

    member = open_page(thread, user="member", scripts=scripts)
    comment = member.locator("article.comment", has_text=WORDS)
    comment.get_by_role("button", name=re.compile("有帮助")).click()
    member.locator("article.comment", has_text=WORDS).get_by_role(
        "button", name=re.compile("已标为有帮助 1")
    ).wait_for()
    member.locator("article.comment", has_text=WORDS).get_by_role("link", name=re.compile("^回复")).click()
    member.get_by_role("textbox", name="您的意见").fill("我在议事会上会提出来。")
    member.get_by_role("radio", name=re.compile("^议事代表")).check()
    press(member, "发表回复")
    member.get_by_text("审核以后公开").first.wait_for()
    moderator.goto("/admin/reviews/?state=waiting")
    moderator.get_by_role("row", name=re.compile("我在议事会上会提出来")).get_by_role("link").first.click()
    moderator.get_by_role("radio", name="通过并公开").check()
    press(moderator, "确定处理")

    # a neighbour reports it, the desk finds nothing against it
    neighbour = open_page(thread, user="resident", scripts=scripts)
    neighbour.locator("article.comment", has_text=WORDS).get_by_role("link", name="举报").click()
    press(neighbour, "提交举报")
    neighbour.get_by_text("请选择举报原因。").first.wait_for()
    neighbour.get_by_role("radio", name="虚假信息、传言").check()
    press(neighbour, "提交举报")
    neighbour.get_by_text("结果会告诉您").first.wait_for()
    moderator.goto("/admin/reports-of-readers/")
    moderator.get_by_role("link", name=re.compile(WORDS[:10])).click()
    moderator.get_by_role("radio", name="不成立").check()
    moderator.locator('textarea[name="answer"]').fill("没有违规。")
    press(moderator, "答复")
    moderator.get_by_text("已答复1件举报。").wait_for()

    # hidden by mistake: the author appeals, somebody else puts it right
    moderator.goto(review)
    moderator.get_by_role("radio", name="隐去").check()
    moderator.locator('textarea[name="reason"]').fill("误以为是传言。")
    press(moderator, "确定处理")
    visitor.goto(thread)
    visitor.get_by_text("这条评论已隐去，正在由另一人复核").wait_for()
    assert WORDS not in visitor.content()
    writer.goto("/me/comments/")
    writer.get_by_role("link", name="不同意这个决定，去申诉").first.click()
    writer.get_by_role("link", name=re.compile("^申诉")).click()
    writer.get_by_label("您为什么不同意").fill("灯确实坏了两个月。")
    press(writer, "提交申诉")
    writer.get_by_text("已收到申诉").wait_for()
    director = open_page("/admin/appeals/", user="director", scripts=scripts, viewport=DESK)
    director.get_by_role("link", name="灯确实坏了两个月。").click()
    director.get_by_role("radio", name="成立", exact=True).check()
    director.locator('textarea[name="answer"]').fill("核实属实。")
    press(director, "答复")
    director.get_by_text("已答复申诉。").wait_for()
    visitor.goto(thread)
    visitor.get_by_text(WORDS).first.wait_for()

    office = open_page(thread, user="committee", scripts=scripts)
    office.locator("article.comment", has_text=WORDS).get_by_role("link", name=re.compile("^回复")).click()
    office.get_by_role("textbox", name="您的意见").fill("已列入下周的维修计划。")
    press(office, "发表回复")
    office.get_by_text("已发表。").wait_for()

    writer.goto("/me/")
    writer.goto(thread)
    writer.get_by_role("heading", name="官方答复", exact=True).wait_for()
    assert writer.locator("article.comment--official", has_text="已列入下周的维修计划。").count() >= 1
    assert writer.locator(".comment__badge", has_text="议事代表").count() == 1
    writer.goto("/me/messages/")
    writer.get_by_text(re.compile("有了官方答复")).first.wait_for()

    moderator.goto("/admin/threads/")
    moderator.get_by_role("link", name="东门路灯坏了两个月").first.click()
    press(moderator, "公开小结，结束讨论")
    moderator.get_by_text("请先写小结，再结束讨论。").first.wait_for()
    moderator.locator('textarea[name="summary-summary"]').fill("大家赞成装在东门。")
    press(moderator, "公开小结，结束讨论")
    visitor.goto(f"/proposals/{number}/")
    visitor.get_by_text("大家赞成装在东门。").wait_for()


@pytest.mark.once
@pytest.mark.in_turn
@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_no_page_of_a_discussion_has_a_violation_of_any_weight(open_page: OpenPage, server: Server, mode: str) -> None:
    thread, comment = server.inside("official_comment", NUMBER=server.published_proposal("讨论的版面"))
    page = open_page("/offline/", user="resident2")
    if mode == "elder":
        page.context.add_cookies([{"name": "elder", "value": "1", "url": server.url}])
    for path in (
        f"/threads/{thread}/",
        f"/comments/{comment}/replies/",
        f"/comments/{comment}/texts/",
        f"/comments/{comment}/reply/",
        f"/report/comment/{comment}/",
        "/me/comments/",
        "/me/appeals/",
    ):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.once  # what is asked is how the pages are built
@pytest.mark.in_turn
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_desks_of_review_and_the_pages_of_messages_are_accessible(
    open_page: OpenPage, server: Server, viewport: dict[str, int]
) -> None:
    found = {}
    numbers = [server.published_proposal(title) for title in ("审核的版面", "有小结的版面")]
    for user, paths in server.inside("plant_desk", NUMBER=numbers[0], ENDED=numbers[1]).items():
        page = open_page("/offline/", user=user or None, viewport=viewport)
        for path in paths:
            page.goto(path)
            found[path] = serious_violations(page)
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found[path].append("wider than the screen")
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.once
def test_a_reviewer_decides_by_keyboard_alone(open_page: OpenPage, server: Server) -> None:
    number = server.published_proposal("键盘审核")
    server.inside("waiting_comment", NUMBER=number, TEXT="请用键盘审核我。")
    page = open_page(
        "/admin/reviews/?state=waiting&kind=comment&ordering=-submitted_at", user="moderator", viewport=DESK
    )
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("table.listing tbody input[type=checkbox]").first.is_checked()
    page.keyboard.press("Enter")
    page.get_by_text("请用键盘审核我。").first.wait_for()
    verbs = page.locator(".decision-verbs label").all_inner_texts()
    page.keyboard.press(str([word.strip() for word in verbs].index("退回补正") + 1))
    assert page.get_by_role("radio", name="退回补正").is_checked()
    page.keyboard.type("请写明位置。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("退回补正，已完成。").wait_for()
