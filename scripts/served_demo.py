"""The demo on a port of its own for the time of a check, as visitors get it: DEBUG off, two workers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.demo import environment, prepare
from scripts.server import free_port, start_server, stop, wait_until_up

ROOT = Path(__file__).resolve().parent.parent
NODE_FOLDER = ROOT / ".ci"


@contextmanager
def served_demo() -> Iterator[str]:
    """The address, such as http://127.0.0.1:43111; CHECK_URL names a portal that runs already."""
    if address := os.environ.get("CHECK_URL"):
        yield address.rstrip("/")
        return
    port = free_port()
    # the stamp of the prepared demo does not depend on the port
    env = environment(port, is_empty=False) | {"BASE_URL": f"http://127.0.0.1:{port}"}
    prepare(env, is_empty=False)
    server = start_server(port, env=env | {"DEBUG": "false", "ROBOTS_ALLOWED": "true"})
    try:
        wait_until_up(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(server)
