"""Run in the served portal: COUNT answers of the office to COMMENT, all at once; how many were written."""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from participation.discussion.models import Comment
from participation.discussion.services import write_comment
from portal.accounts.models import User

asked = Comment.objects.select_related("thread__division").get(pk=int(os.environ["COMMENT"]))
author = User.objects.get(username="committee")


def write(number: int) -> int:
    try:
        return write_comment(
            thread=asked.thread,
            author=author,
            form_key=secrets.token_urlsafe(24),
            text=f"答复{number}",
            capacity="official",
            reply_to=asked,
        ).pk
    finally:
        connection.close()


with ThreadPoolExecutor(8) as pool:
    answer = len(set(pool.map(write, range(int(os.environ["COUNT"])))))
