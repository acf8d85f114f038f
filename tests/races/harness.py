"""Many hands at the same moment, from threads: requests to the real server, or services in this process."""

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connections

from participation.moderation.rules import Refused

Answer = TypeVar("Answer")


def at_once(actions: Sequence[Callable[[], Answer]], *, clients: int = 32) -> list[Answer]:
    """Run all actions, `clients` at a time, the first ones released by one barrier; answers in the order of actions.

    An exception in one is raised here after all have ended.
    """
    clients = min(clients, len(actions))
    answers: dict[int, Answer] = {}
    errors: list[BaseException] = []
    waiting = list(enumerate(actions))[::-1]
    barrier = threading.Barrier(clients)
    lock = threading.Lock()

    def work() -> None:
        barrier.wait()
        while True:
            with lock:
                if not waiting:
                    return
                number, action = waiting.pop()
            try:
                answers[number] = action()
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [answers[number] for number in range(len(actions))]


def tried(action: Callable[[], Any]) -> str:
    """done, or the sentence of the refusal."""
    try:
        action()
        return "done"
    except Refused as refusal:
        return str(refusal.message)
    finally:
        connections.close_all()


def race(*actions: Callable[[], Any]) -> list[str]:
    """All at once, each twice; the answers without doubles."""
    return sorted(set(at_once([lambda each=each: tried(each) for each in actions * 2])))  # type: ignore[misc]  # a lambda that keeps its own action
