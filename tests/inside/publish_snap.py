"""Run in the served portal: a public photo report from POSITION; its address."""

import os
from types import SimpleNamespace
from typing import Any

from portal.accounts.models import User
from tests.factories import snaps


class _Cast(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


row = snaps.reviewed(_Cast(), position=os.environ["POSITION"], text="井盖翘起一角。", place="示例桥头")
answer = row.get_absolute_url()
