"""Run in the served portal: two stations with coordinates, one near the middle of Xiangxiang, one far from it."""

from decimal import Decimal

from portal.jurisdictions.models import Division
from tests.factories.stations import station

street = Division.objects.get(code="430381002000")
near = {"latitude": Decimal("27.73300"), "longitude": Decimal("112.53540"), "address": "近处路1号（示例）"}
far = {"latitude": Decimal("28.23300"), "longitude": Decimal("112.93540")}
station(street, "近处联络站（示例）", slug="near", **near)
station(street, "远处联络站（示例）", slug="far", **far)
answer = "made"
