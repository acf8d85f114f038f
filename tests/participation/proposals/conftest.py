import pytest
from django.conf import settings
from django.core.cache import caches


@pytest.fixture
def fresh() -> None:
    """Limits and text messages of earlier tests are forgotten."""
    caches["default"].clear()
    settings.SMS_LOG.parent.mkdir(parents=True, exist_ok=True)
    settings.SMS_LOG.unlink(missing_ok=True)
