"""邮件: through Django's mail backend."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from .base import NotSent

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class EmailChannel:
    name = "email"

    def __init__(self) -> None:
        self.connection: Any = None

    def why_unavailable(self) -> str:
        if settings.EMAIL_BACKEND == SMTP_BACKEND and not settings.EMAIL_HOST:
            return _("邮件没有开通：请管理员设置 EMAIL_URL。")
        return ""

    def open(self) -> None:
        if self.connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_("邮件服务器没有应答：%s") % error, is_down=True) from error
        self.connection = connection

    def transmit(self, letter: EmailMultiAlternatives) -> None:
        letter.connection = self.connection
        try:
            self.connection.send_messages([letter])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _reason in error.recipients.values()]
            raise NotSent(str(error), is_final=all(code >= 500 for code in codes)) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise NotSent(str(error), is_final=error.smtp_code >= 500) from error
        except Exception:
            self.close()  # the line is in an unknown state: the next letter gets a new one
            raise

    def close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.close()
            except (OSError, smtplib.SMTPException):
                return  # what was accepted stays accepted
