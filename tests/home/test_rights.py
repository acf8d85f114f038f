"""Page, picture and file rights follow posts, inside the division of the post."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from home.models import NewsIndexPage, NewsPage, PortalImage
from portal.jurisdictions.models import Division
from tests.conftest import Cast
from tests.factories.pages import column, home_page, news
from tests.home.test_workflow import ELSEWHERE, HERE, division, written

PEOPLE = ("editor", "moderator", "committee", "director", "clerk", "party", "superior", "auditor", "admin")


@pytest.fixture
def activity(cast: Cast) -> NewsIndexPage:
    return column()


def rights(user: object, page: Page) -> str:
    may = page.permissions_for_user(user)
    return " ".join(
        verb
        for verb in ("add_subpage", "edit", "publish", "unpublish", "delete", "lock")
        if getattr(may, f"can_{verb}")()
    )


def test_who_may_do_what_with_a_public_article_of_the_division(cast: Cast, activity: NewsIndexPage) -> None:
    page = news(activity, division())
    assert {name: rights(cast[name], page) for name in PEOPLE} == {
        "editor": "edit lock",
        "moderator": "unpublish lock",
        "committee": "lock",
        "director": "unpublish lock",
        "clerk": "",
        "party": "",
        "superior": "",
        "auditor": "",
        "admin": "edit publish unpublish delete lock",
    }


def test_nobody_of_this_division_has_a_right_in_another(cast: Cast, activity: NewsIndexPage) -> None:
    page = news(activity, division(ELSEWHERE))
    found = {name: rights(cast[name], page) for name in PEOPLE if rights(cast[name], page)}
    # the cast's moderator serves the whole county
    assert found == {"moderator": "unpublish lock", "admin": "edit publish unpublish delete lock"}


def test_a_page_of_no_division_is_the_superusers(cast: Cast, activity: NewsIndexPage) -> None:
    page = news(activity, None)
    assert {name: rights(cast[name], page) for name in PEOPLE if rights(cast[name], page)} == {
        "admin": "edit publish unpublish delete lock"
    }
    assert rights(cast.editor, activity) == "add_subpage"
    assert rights(cast.editor, home_page()) == "add_subpage"


def test_owning_a_page_gives_nothing_once_it_is_in_another_division(cast: Cast, activity: NewsIndexPage) -> None:
    page = news(activity, division(ELSEWHERE), live=False, owner=cast.editor)
    assert rights(cast.editor, page) == ""


def test_the_screens_refuse_what_the_rights_do(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    theirs, ours = news(activity, division(ELSEWHERE)), news(activity, division(), slug="ours", live=False)
    client.force_login(cast.editor)

    def status(name: str, page: Page) -> int:
        return client.get(reverse(f"wagtailadmin_pages:{name}", args=(page.pk,))).status_code

    refused, opened = 302, 200
    assert [status(name, theirs) for name in ("edit", "delete", "copy", "move")] == [refused] * 4
    assert [status(name, ours) for name in ("edit", "delete", "copy")] == [opened] * 3
    # the list shows all articles, so that nobody writes one twice
    response = client.get(reverse("wagtailadmin_explore", args=(activity.pk,)))
    assert (response.status_code, theirs.title in response.content.decode()) == (opened, True)


def test_a_page_cannot_be_written_into_or_moved_to_another_division(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    foreign = division(ELSEWHERE).pk
    assert written(client, activity, cast.editor, "", division=foreign) is None
    page = written(client, activity, cast.editor, "")
    assert page is not None
    assert page.division == division(HERE)


def test_without_a_choice_a_page_needs_a_division(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    assert written(client, activity, cast.editor, "action-submit", division="") is None


def test_lists_for_choosing_hold_the_pages_of_the_division_only(cast: Cast, activity: NewsIndexPage) -> None:
    from wagtail.permissions import policy_registry

    ours, theirs = news(activity, division()), news(activity, division(ELSEWHERE), slug="theirs")
    policy = policy_registry.get_by_type(Page)
    found = policy.instances_user_has_any_permission_for(cast.editor, {"change"})
    assert list(found) == [Page.objects.get(pk=ours.pk)]
    assert theirs.pk in policy.instances_user_has_any_permission_for(cast.admin, {"change"}).values_list(
        "pk", flat=True
    )
    assert list(policy.instances_user_has_any_permission_for(cast.clerk, {"change"})) == []


def test_a_picture_belongs_to_the_division_of_who_brought_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    upload = SimpleUploadedFile("a.png", get_test_image_file().file.getvalue(), content_type="image/png")
    collection = PortalImage._meta.get_field("collection").remote_field.model.get_first_root_node().pk
    data = {
        "title": "展板",
        "file": upload,
        "collection": collection,
        "credit": "",
        "description": "",
        "tags": "",
    }
    assert client.post(reverse("wagtailimages:add"), data).status_code == 302
    image = PortalImage.objects.get()
    assert (image.division, image.uploaded_by_user) == (division(), cast.editor)
    other = PortalImage.objects.create(title="他们的", file=get_test_image_file(), division=division(ELSEWHERE))
    edit = [client.get(reverse("wagtailimages:edit", args=(each.pk,))).status_code for each in (image, other)]
    assert edit == [200, 302]
    assert client.get(reverse("wagtailimages_chooser:chosen", args=(other.pk,))).status_code == 200
    client.force_login(cast.unit)
    assert client.get(reverse("wagtailimages:index")).status_code == 302


def test_a_top_level_page_may_not_take_an_address_of_the_portal(cast: Cast) -> None:
    from django.core.exceptions import ValidationError

    from home.models import StandardPage

    for slug in ("search", "admin", "proposals", "me"):
        with pytest.raises(ValidationError):
            home_page().add_child(instance=StandardPage(title="页", slug=slug, body=[]))
    assert NewsPage.objects.count() == 0
    assert Division.objects.filter(code=HERE).exists()


def test_a_lock_keeps_others_out_until_a_reviewer_or_its_owner_opens_it(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = news(activity, division(), live=False, owner=cast.editor)
    client.force_login(cast.editor)
    client.post(reverse("wagtailadmin_pages:lock", args=(page.pk,)))
    page.refresh_from_db()
    assert (page.locked, page.locked_by) == (True, cast.editor)
    client.force_login(cast.clerk)
    client.post(reverse("wagtailadmin_pages:unlock", args=(page.pk,)))
    page.refresh_from_db()
    assert page.locked is True
    client.force_login(cast.committee)
    client.post(reverse("wagtailadmin_pages:unlock", args=(page.pk,)))
    page.refresh_from_db()
    assert page.locked is False


def test_no_link_to_a_history_or_a_draft_is_shown_to_whom_it_would_refuse(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = news(activity, division(), live=False, owner=cast.editor)
    page.save_revision(user=cast.editor)
    for name, opens in (("editor", ["history", "view_draft"]), ("committee", ["history"]), ("clerk", [])):
        client.force_login(cast[name])
        listed = client.get(reverse("wagtailadmin_explore", args=(activity.pk,))).content.decode()
        for door in ("history", "view_draft"):
            address = reverse(f"wagtailadmin_pages:{door}", args=(page.pk,))
            assert (address in listed, client.get(address).status_code == 200) == (door in opens, door in opens)
