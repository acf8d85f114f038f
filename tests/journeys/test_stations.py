"""A resident finds the nearest station: asked for the position only on a tap, and by typing where that is refused."""

import re

import pytest

from tests.journeys.conftest import OpenPage, serious_violations
from tests.servers import Server


@pytest.mark.once  # the browser computes; what is read is proved by tests/liaison_stations/stations
def test_the_nearest_station_is_found_by_position_or_by_name(open_page: OpenPage, server: Server) -> None:
    server.inside("make_stations_apart")
    page = open_page("/stations/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(server.url)))
    button = page.get_by_role("button", name="找离我最近的站")
    assert serious_violations(page) == []

    button.click()  # nobody allowed the position
    page.get_by_text("您没有允许使用位置。没关系，在上面输入社区或街道的名称也能找到。").wait_for()
    assert set(asked) <= {"/favicon.svg"}

    # as a phone tells it, some hundred metres beside the map's own coordinates
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 27.7365, "longitude": 112.5300})
    button.click()
    page.get_by_text("离您最近的联络站（点），按直线距离：").wait_for()
    lines = page.locator(".nearest ol li").all_inner_texts()
    assert re.fullmatch(r"近处联络站（示例） 约 (50|100|150|200) 米，近处路1号（示例）", lines[0])
    assert re.search(r"远处联络站（示例） 约 6\d\.\d 公里", " ".join(lines))
    # the position went nowhere: one request, for the list of stations, without any parameter
    assert [address for address in asked if address != "/favicon.svg"] == ["/stations/points.json"]
    assert serious_violations(page) == []
    page.locator(".nearest ol a").first.click()
    page.get_by_role("heading", name="近处联络站（示例）").wait_for()
    assert (
        page.get_by_role("link", name="高德地图")
        .get_attribute("href", timeout=1000)
        .startswith("https://uri.amap.com/")
    )  # type: ignore[union-attr]  # there is one

    plain = open_page("/stations/", scripts=False)
    assert not plain.get_by_role("button", name="找离我最近的站").is_visible()
    plain.locator("summary").first.click()
    plain.get_by_label("社区、街道或站名").fill("近处路")
    plain.get_by_role("button", name="查看结果").click()
    assert plain.locator(".card__title").all_inner_texts() == ["近处联络站（示例）"]
