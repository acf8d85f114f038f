"""A wrong value in the environment ends in one line that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings.environment import NamedEnv, SettingWrong, second_factor
from scripts.server import free_port

DATABASE = "应为 postgres://用户:密码@主机:5432/库名，或 sqlite:////绝对路径"


@pytest.mark.once
@pytest.mark.parametrize(
    ("read", "value", "told"),
    [
        (lambda env: env.int("X"), "abc", "应为整数"),
        (lambda env: env.bool("X", default=True), "maybe", "应为 true 或 false"),
        (lambda env: env.required("X", "应为密钥", "a key"), "", "没有设置，应为密钥"),
        (lambda env: env.times_per_seconds("X", "1/2"), "abc", "应为“次数/秒数”"),
        (lambda env: env.rates("X", "5/10m/user"), "100/10m/ip,5/10x/key", "应为“次数/时间/对象”"),
        (lambda env: env.database("foo://x", "X"), "", DATABASE),
        (lambda env: env.database("postgres://user@host:port/x", "X"), "", DATABASE),
        (lambda env: env.folder("X", Path()), "/dev/null/var", "目录 /dev/null/var 建不起来"),
        (lambda env: env.mail("nonsense", "X"), "", "应为 smtp+tls://"),
        (lambda env: env.mail("smtp+tls://", "X"), "", "应为 smtp+tls://"),
    ],
)
def test_a_wrong_value_is_told_by_name_and_shape(read, value, told, monkeypatch):
    monkeypatch.setenv("X", value)
    with pytest.raises(SettingWrong, match="X") as wrong:
        read(NamedEnv())
    assert str(wrong.value).startswith(f"环境变量 X：{told}")


@pytest.mark.once
def test_the_command_line_ends_with_that_line_and_no_traceback():
    wrong = {"DJANGO_SETTINGS_MODULE": "portal.settings.production", "SECRET_KEY": ""}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, env=os.environ | wrong, capture_output=True, text=True)  # noqa: S603 - our own
    assert (done.returncode, done.stderr.count("\n"), "环境变量 SECRET_KEY" in done.stderr) == (1, 1, True)


@pytest.mark.once
def test_the_folder_of_the_portal_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("X", str(tmp_path / "new" / "var"))
    assert NamedEnv().folder("X", Path()).is_dir()


@pytest.mark.once
@pytest.mark.parametrize(
    ("loaded", "told"),
    [
        ({"DJANGO_SETTINGS_MODULE": "portal.settings.production"}, "载入了正式站点的配置"),
        ({"DEBUG": "false"}, "DEBUG 已关闭"),
        ({"PORT": "abc"}, "PORT 应为"),
        ({"PORT": "99999"}, "PORT 应为"),
    ],
)
def test_the_demo_refuses_the_settings_of_a_real_site(loaded, told, tmp_path):
    """Else a shell in which they were loaded would have its database filled with the demo."""
    free = {"PORT": str(free_port()), "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    command = [sys.executable, "scripts/demo.py"]
    done = subprocess.run(command, env=os.environ | free | loaded, capture_output=True, text=True)  # noqa: S603 - our own
    assert (done.returncode, told in done.stderr) == (1, True), done.stderr
    assert not (tmp_path / "portal.sqlite3").exists()


@pytest.mark.once
def test_only_a_demo_may_turn_the_second_factor_off(monkeypatch):
    monkeypatch.delenv("STAFF_MFA_REQUIRED", raising=False)
    assert (second_factor(is_demo=False), second_factor(is_demo=True)) == (True, False)
    monkeypatch.setenv("STAFF_MFA_REQUIRED", "false")
    assert second_factor(is_demo=True) is False
    with pytest.raises(SettingWrong, match="STAFF_MFA_REQUIRED"):
        second_factor(is_demo=False)
