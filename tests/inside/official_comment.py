"""Run in the served portal: one public comment of the office under proposal NUMBER; (thread, comment)."""

import os
import secrets

from participation.discussion.services import write_comment
from participation.proposals.models import Proposal
from portal.accounts.models import User

thread = Proposal.objects.select_related("thread__division").get(number=os.environ["NUMBER"]).thread
comment = write_comment(
    thread=thread,
    author=User.objects.get(username="committee"),
    form_key=secrets.token_urlsafe(24),
    text="已列入计划。",
    capacity="official",
)
answer = [thread.pk, comment.pk]
