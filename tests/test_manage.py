"""What manage.py sets before Django reads its settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASK = "import django.conf; print(django.conf.settings.DATABASES)"


def settings_under(*command: str) -> str:
    bounded = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_STATEMENT_TIMEOUT_MS": "60000"}
    env = os.environ | bounded | {"TEST_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    run = [sys.executable, *command]
    return subprocess.run(run, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own file


@pytest.mark.once
def test_a_command_takes_its_time_where_a_page_may_not():
    assert "statement_timeout=0 " in settings_under("manage.py", "diffsettings")
    assert "statement_timeout=60000 " in settings_under("-c", ASK)
