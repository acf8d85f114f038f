"""Many residents for the served portal, made once: each call into it starts a process."""

import pytest

from tests.servers import Server

MOST = 200
# `make test` presses with a share of them on each database, `make test-figures` with all
CROWDS = [60, pytest.param(MOST, marks=pytest.mark.figures)]


@pytest.fixture(scope="session")
def residents(server: Server, request: pytest.FixtureRequest) -> list[str]:
    """Session keys of verified residents who have logged in: as many as this run's tests need."""
    is_whole = any("figures" in item.keywords for item in request.session.items)
    return server.sessions(MOST if is_whole else CROWDS[0])
