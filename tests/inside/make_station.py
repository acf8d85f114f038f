"""Run in the served portal: the clerk's own station with two sites, a scheme and two deputies; the station's key."""

from types import SimpleNamespace
from typing import Any

from liaison_stations.deputies.models import Deputy
from portal.accounts.models import User
from tests.factories import receptions


class _Cast(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


desk = receptions.desk()
receptions.scheme(_Cast(), desk)
for name in ("排班代表示例", "替班代表示例"):
    if not Deputy.objects.filter(name=name).exists():
        receptions.deputy(_Cast(), name)
answer = desk.main.pk
