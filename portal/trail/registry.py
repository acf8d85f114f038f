"""Who wants to hear of a new head: higher floors register from `AppConfig.ready()`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Head

head_listeners: list[Callable[["Head"], object]] = []


def register_head_listener(listen: Callable[["Head"], object]) -> None:
    """`listen(head)` runs inside the sealing transaction, once for each new head.

    It should only queue (an outbox row keyed by `head` or by the day). An error in it is logged and undone;
    sealing goes on.
    """
    if listen not in head_listeners:
        head_listeners.append(listen)
