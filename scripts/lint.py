"""Every check that reads the code without running the portal. All run; the exit code says whether all passed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff check", [str(BIN / "ruff"), "check", "--quiet", "."], {}),
    ("ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
    ("import-linter", [str(BIN / "lint-imports"), "--no-logo"], {}),
    ("requirements", [str(BIN / "deptry"), "."], {}),
    ("mypy", [str(BIN / "mypy")], {}),
    (
        "migrations",
        [*MANAGE, "makemigrations", "--check", "--dry-run"],
        {"DJANGO_SETTINGS_MODULE": "portal.settings.test"},
    ),
    (
        "production settings",
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        {"DJANGO_SETTINGS_MODULE": "portal.settings.production"},
    ),
]


def production_environment(folder: str) -> dict[str, str]:
    """The least that production settings ask for; the values are never used for anything else."""
    return {
        "SECRET_KEY": "lint-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "FIELD_KEY": "lint-only-" + "zyxwvutsrqponmlkjihgfedcba9876543210" * 2,
        "ALLOWED_HOSTS": "portal.example",
        "BASE_URL": "https://portal.example",
        "VAR_DIR": folder,
    }


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for name, command, environment in CHECKS:
            started = time.monotonic()
            env = os.environ | environment
            if environment.get("DJANGO_SETTINGS_MODULE") == "portal.settings.production":
                env |= production_environment(folder)
            done = subprocess.run(  # noqa: S603 - our own commands
                command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            print(
                f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - started:.0f} s)", flush=True
            )
            if done.returncode:
                failed.append(name)
                print(done.stdout, flush=True)
    print(f"{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
