"""Many residents for the served portal, made once: each call into it starts a process."""

import pytest

from tests.servers import Server

RESIDENTS = 200


@pytest.fixture(scope="session")
def residents(server: Server) -> list[str]:
    """Session keys of verified residents who have logged in."""
    return server.sessions(RESIDENTS)
