"""Make .venv hold exactly the pinned requirements. Standard library only: it runs before anything is installed.

Safe to interrupt (the stamp is written last) and to run twice at once (the second waits for the first).
"""

import fcntl
import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "setup.log"
FILES = {"base": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}


def fingerprint(level: str) -> str:
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in FILES[level]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp(level: str) -> Path:
    return VENV / f".installed-{level}"


def is_installed(level: str) -> bool:
    """What `dev` installs contains what `base` installs, so a current `dev` stamp serves both."""
    if not PYTHON.exists():
        return False
    levels = {"base": ["base", "dev"], "dev": ["dev"]}[level]
    return any(stamp(each).exists() and stamp(each).read_text() == fingerprint(each) for each in levels)


def run_logged(*command: str) -> None:
    with LOG.open("a") as log:
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603 - our own command
    if done.returncode:
        tail = "\n".join(LOG.read_text(errors="replace").splitlines()[-25:])
        sys.exit(
            f"{tail}\n\nSet-up failed; the whole log is in {LOG.relative_to(ROOT)}. Run the same command to resume."
        )


def has_working_pip() -> bool:
    if not PYTHON.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", check], capture_output=True).returncode == 0  # noqa: S603


def compile_translations() -> None:
    """The .mo files are not in git; they are written where a .po is newer."""
    books = (ROOT / "locale").glob("*/LC_MESSAGES/*.po")
    if any(not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime for po in books):
        run_logged(str(PYTHON), "scripts/translations.py", "compile")


def main(level: str) -> None:
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(level):
            compile_translations()
            return
        started = time.monotonic()
        LOG.write_text("")
        if not has_working_pip():
            print("Creating .venv …", flush=True)
            run_logged(sys.executable, "-m", "venv", "--clear", str(VENV))
        print(f"Installing {FILES[level][-1]} (a few minutes the first time) …", flush=True)
        run_logged(
            str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", FILES[level][-1]
        )
        compile_translations()
        stamp(level).write_text(fingerprint(level))
        print(f"Set-up done in {time.monotonic() - started:.0f} s.", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dev")
