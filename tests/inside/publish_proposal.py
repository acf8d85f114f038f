"""Run by `Server.published_proposal` in the served portal: one proposal of `resident`, public."""

import os
import secrets

from participation.proposals.services import publish_proposal, submit_proposal
from portal.accounts.demo import SUBDISTRICT
from portal.accounts.models import User
from portal.jurisdictions.selectors import division_by_code

submission = submit_proposal(
    author=User.objects.get(username="resident"),
    form_key=secrets.token_hex(16),
    division=division_by_code(SUBDISTRICT),
    title=os.environ["TITLE"],
    body=f"{os.environ['TITLE']}，希望尽快处理。",
)
publish_proposal(proposal=submission.proposal, by=User.objects.get(username="moderator"))
answer = submission.number
