"""`make demo` and `make serve`: prepare the database when something changed, serve it, run the periodic jobs.

Ctrl-C ends everything. `--empty` loads no demo data: an empty install opens the set-up wizard.
"""

import argparse
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.fingerprint import DEMO, MIGRATIONS, fingerprint  # noqa: E402 - run as a script
from scripts.server import is_free, start, start_server, stop, wait_until_up  # noqa: E402

DEV = "portal.settings.dev"
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))


def environment(port: int, *, is_empty: bool) -> dict[str, str]:
    env = {"DJANGO_SETTINGS_MODULE": DEV, "BASE_URL": f"http://localhost:{port}"}
    if not is_empty:
        env |= {"DEMO": "true", "STAFF_MFA_REQUIRED": "false"}
    return os.environ | env | {"VAR_DIR": str(VAR.resolve())}


def refuse_production(env: Mapping[str, str]) -> None:
    """A shell in which the settings of a real site were loaded would have its database filled with the demo."""
    if env.get("DJANGO_SETTINGS_MODULE", DEV) != DEV:
        sys.exit(
            f"这个终端里载入了正式站点的配置（DJANGO_SETTINGS_MODULE={env['DJANGO_SETTINGS_MODULE']}），没有启动。"
            "请另开一个终端再试用。The settings of a real site are loaded here; use another terminal."
        )


def prepare(env: dict[str, str], *, is_empty: bool) -> None:
    """Bring the database up to date, unless nothing it is made from has changed since the last time."""
    VAR.mkdir(parents=True, exist_ok=True)
    wish = "|".join([str(is_empty), env.get("DATABASE_URL", ""), env.get("DEBUG", "")])
    now = fingerprint(*MIGRATIONS, *([] if is_empty else DEMO)) + hashlib.sha256(wish.encode()).hexdigest()[:12]
    stamp = VAR / "prepared"
    with (VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        has_database = "DATABASE_URL" in env or (VAR / "portal.sqlite3").exists()
        arguments = ["--empty"] if is_empty else []
        if has_database and stamp.exists() and stamp.read_text() == now:
            if is_empty or not is_other_password(env.get("DEMO_PASSWORD", "")):
                return
            arguments = ["--accounts-only"]
        command = [sys.executable, "manage.py", "prepare_demo", *arguments]
        if subprocess.call(command, cwd=ROOT, env=env):  # noqa: S603 - our own command
            sys.exit(1)
        stamp.write_text(now)


def is_other_password(wanted: str) -> bool:
    """Whether DEMO_PASSWORD asks for another one than the accounts have; left out, they keep theirs."""
    path = VAR / "demo_accounts.json"
    rows = json.loads(path.read_text()) if path.exists() else []
    return bool(wanted) and any(row["password"] != wanted for row in rows)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def print_accounts() -> None:
    path = VAR / "demo_accounts.json"
    rows = json.loads(path.read_text()) if path.exists() else []
    table = [("角色 role", "用户名 user", "密码 password")]
    table += [(row["role"], row["username"], row["password"]) for row in rows]
    widths = [max(width(row[column]) for row in table) for column in range(3)]
    for row in table:
        print("  " + "  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row)).rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--empty", action="store_true")
    arguments = parser.parse_args()
    try:
        port = int(os.environ.get("PORT") or 8000)
        has_port = 0 < port < 65536
    except ValueError:
        has_port = False
    if not has_port:
        sys.exit("PORT 应为 1 到 65535 的整数。PORT must be a whole number from 1 to 65535.")
    if not is_free(port):
        sys.exit(f"端口 {port} 已被占用。Port {port} is in use; try: make demo PORT={port + 1}")
    refuse_production(os.environ)
    env = environment(port, is_empty=arguments.empty)
    try:
        prepare(env, is_empty=arguments.empty)
    except KeyboardInterrupt:
        sys.exit("\n中断；再次运行即可继续。Interrupted; run it again to go on.")
    for each in (signal.SIGINT, signal.SIGTERM):  # also where a background shell has SIGINT ignored
        signal.signal(each, signal.default_int_handler)
    server = start_server(port, env=env)
    periodic = start([sys.executable, "scripts/periodic.py"], env=env)
    try:
        wait_until_up(port, server)
        print(f"\n街道议事厅  http://127.0.0.1:{port}/   http://localhost:{port}/   (admin: /admin/)\n")
        if not arguments.empty:
            print_accounts()
            print(f"\n验证码写入 codes: {VAR / 'sms.log'}   邮件 mails: {VAR / 'mail'}")
        else:
            command = [sys.executable, "manage.py", "setup_token", "--if-empty"]
            subprocess.call(command, cwd=ROOT, env=env)  # noqa: S603 - our own command
        print("Ctrl-C 结束 ends everything.", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        print()
        return 0
    except RuntimeError as error:
        sys.exit(str(error))
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(periodic, server)


if __name__ == "__main__":
    sys.exit(main())
