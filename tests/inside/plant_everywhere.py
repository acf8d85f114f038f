"""Run in the served portal: the payloads of PAYLOADS (JSON) in every text column and in the trail."""

import json
import os

from portal.trail.services import record
from tests.payloads import plant

payloads: list[str] = json.loads(os.environ["PAYLOADS"])
answer = plant(payloads)
record(
    subject_kind="site", subject_key="site", verb="export", actor=None, capacity="system", reason="\n".join(payloads)
)  # fmt: skip
