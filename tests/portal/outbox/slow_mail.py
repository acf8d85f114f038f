"""Stands in for a mail server where processes are killed: each letter accepted is a line in a file, and it dawdles."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def open(self) -> None:
        """Let nobody begin before all SLOW_MAIL_PARTIES processes are here."""
        log = Path(settings.SLOW_MAIL_LOG)
        log.with_name(f"party-{os.getpid()}").touch()
        while len(list(log.parent.glob("party-*"))) < settings.SLOW_MAIL_PARTIES:
            time.sleep(0.005)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for letter in email_messages:
            time.sleep(0.01)
            line = f"{letter.to[0]} {letter.extra_headers['Message-ID']}\n".encode()
            log = os.open(settings.SLOW_MAIL_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(log, line)
            os.close(log)
            time.sleep(0.02)
        return len(email_messages)
