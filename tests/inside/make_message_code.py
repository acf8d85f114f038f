"""Run in the served portal: the code of the cast's deputy and a revoked one of the station; both tokens."""

from types import SimpleNamespace
from typing import Any

from liaison_stations.messages import services
from portal.accounts.models import User
from tests.factories import messages


class _Cast(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


cast = _Cast()
old = messages.station_code(cast)
services.reissue_code(code=old, by=cast.clerk, reason="海报遗失")
answer = f"{messages.deputy_code(cast).token} {old.token}"
