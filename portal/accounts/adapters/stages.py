"""Log-in stages that differ from allauth's."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class EmailOnlyVerificationStage(EmailVerificationStage):
    """The address must be proved by those who came in through the e-mail door only."""

    def handle(self) -> Any:
        user = self.login.user
        if user is not None and (not user.email or user.phone or user.has_usable_password()):
            return None, True
        if user is None and not self.login.email:
            return None, True
        return super().handle()
