"""What every channel offers."""

from typing import Any, Protocol


class ChannelUnavailable(Exception):
    """The channel is not configured; the text is shown to people as it is."""


class NotSent(Exception):
    """Nothing left the house: it is safe to try again, unless `is_final` (the address itself was refused).

    `is_down`: the channel as a whole does not answer, so the others in its queue need not be tried now. Any other
    exception out of `transmit` means that nobody knows.
    """

    def __init__(self, reason: str, *, is_final: bool = False, is_down: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final
        self.is_down = is_down


class Channel(Protocol):
    name: str

    def why_unavailable(self) -> str:
        """A sentence for people, empty when the channel can be used."""

    def open(self) -> None:
        """Get ready to send; raises NotSent(is_down=True) when the other side does not answer."""

    def transmit(self, letter: Any) -> None:
        """Send one letter made by the composing service; NotSent only where certainly nothing was sent."""

    def close(self) -> None: ...
