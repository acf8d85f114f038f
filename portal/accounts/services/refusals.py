"""A service that says no, in words for the person in front of it."""


class AccountRefused(Exception):
    """`str(error)` may be shown. `code` is for tests and for choosing a way out."""

    def __init__(self, message: object, code: str = "refused") -> None:
        super().__init__(str(message))
        self.code = code
