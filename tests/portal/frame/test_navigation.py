import pytest

from portal.frame import navigation


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_footer", {})


def test_only_what_is_built_is_shown_in_the_given_order() -> None:
    navigation.register_item("b", "动态", "/news/", 70)
    navigation.register_item("a", "提建议", "/proposals/", 10)
    navigation.register_item("c", "没有建", "no:such-name", 20)
    assert [item.label for item in navigation.navigation_items("/")] == ["提建议", "动态"]


def test_the_bottom_bar_takes_only_what_asks_for_it() -> None:
    navigation.register_item("a", "提建议", "/proposals/new/", 10, True)
    navigation.register_item("b", "查进度", "/lookup/", 80, True, in_navigation=False)
    navigation.register_item("c", "动态", "/news/", 70)
    assert [item.key for item in navigation.bottom_bar_items("/")] == ["a", "b"]
    assert [item.key for item in navigation.navigation_items("/")] == ["a", "c"]


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/", ["home"]),
        ("/proposals/", ["list"]),
        ("/proposals/7/", ["list"]),
        ("/proposals/new/", ["new"]),
        ("/x/", []),
    ],
)
def test_exactly_the_nearest_item_is_here(path: str, here: list[str]) -> None:
    navigation.register_item("home", "首页", "/", 5)
    navigation.register_item("list", "建议", "/proposals/", 10)
    navigation.register_item("new", "提建议", "/proposals/new/", 11)
    assert [item.key for item in navigation.navigation_items(path) if item.is_current] == here


def test_a_footer_link_without_an_address_stays_away() -> None:
    navigation.register_footer_link("a", "无障碍", "frame:accessibility", 10)
    navigation.register_footer_link("b", "隐私", "no:such-name", 5)
    assert [link.url for link in navigation.footer_links("/")] == ["/accessibility/"]


def test_a_page_that_was_taken_down_is_left_out_and_comes_back_under_its_new_address() -> None:
    address = ""
    navigation.register_item("news", "动态", lambda: address, 70)
    assert navigation.navigation_items("/") == []
    address = "/dongtai/"
    assert [item.url for item in navigation.navigation_items("/dongtai/a/") if item.is_current] == ["/dongtai/"]
