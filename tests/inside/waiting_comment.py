"""Run in the served portal: a comment TEXT by `resident2` under proposal NUMBER, waiting for its review."""

import os
import secrets

from participation.discussion.services import write_comment
from participation.proposals.models import Proposal
from portal.accounts.models import User

answer = write_comment(
    thread=Proposal.objects.select_related("thread__division").get(number=os.environ["NUMBER"]).thread,
    author=User.objects.get(username="resident2"),
    form_key=secrets.token_urlsafe(24),
    text=os.environ["TEXT"],
).pk
