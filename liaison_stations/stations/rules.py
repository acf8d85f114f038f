"""Addresses of map applications, and the difference between who serves and who should by the committee's posts."""

from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import quote, urlencode

VIEW_VENUES = "stations.view_deliberationvenue"
CHANGE_VENUES = "stations.change_deliberationvenue"

# Links only: nothing is loaded from there, and the address tells of the station, never of the visitor.
AMAP, BAIDU, TENCENT = "高德地图", "百度地图", "腾讯地图"


def map_addresses(
    name: str, address: str, latitude: Decimal | None, longitude: Decimal | None
) -> list[tuple[str, str]]:
    """(label, address) for each common map; by coordinates (GCJ-02) where known, else by the words of the address."""
    if latitude is not None and longitude is not None:
        at, turned = f"{longitude},{latitude}", f"{latitude},{longitude}"
        baidu = {"location": turned, "title": name, "content": address or name, "output": "html", "coord_type": "gcj02"}
        return [
            (AMAP, f"https://uri.amap.com/marker?{urlencode({'position': at, 'name': name, 'callnative': 1})}"),
            (BAIDU, f"https://api.map.baidu.com/marker?{urlencode(baidu | {'src': 'portal'})}"),
            (
                TENCENT,
                "https://apis.map.qq.com/uri/v1/marker?"
                + urlencode({"marker": f"coord:{turned};title:{name};addr:{address or name}", "referer": "portal"}),
            ),
        ]
    if not address:
        return []
    looked_up = {"address": address, "output": "html", "src": "portal"}
    return [
        (AMAP, f"https://uri.amap.com/search?{urlencode({'keyword': address})}"),
        (
            BAIDU,
            f"https://api.map.baidu.com/geocoder?{urlencode(looked_up)}",
        ),
        (TENCENT, f"https://apis.map.qq.com/uri/v1/search?keyword={quote(address)}&referer=portal"),
    ]


def differences(entered: Iterable[tuple[str, str]], derived: Iterable[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """X26 第十四条二: (role, name, is entered) of everybody who stands on one side only, in the order of the roles."""
    here, there = set(entered), set(derived)
    return sorted([(role, name, True) for role, name in here - there] + [(r, n, False) for r, n in there - here])
