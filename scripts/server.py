"""The real server as the demo, the journeys and the benchmarks start it: gunicorn, two workers of four threads."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PR_SET_PDEATHSIG = 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _end_with_parent() -> None:
    """Linux: be told to end when the parent dies, even by kill -9, so that no server is left holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str], *, env: dict[str, str], output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches only us, and we end it in order."""
    return subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=ROOT,
        env=env,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def start_server(
    port: int,
    *,
    env: dict[str, str],
    output: IO[bytes] | None = None,
    workers: int = 2,
    application: str = "portal.wsgi",
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", "4", "--preload"]
    command += ["--no-control-socket", "--log-level", "warning", "--timeout", "120", "--graceful-timeout", "2"]
    return start(command, env=env, output=output)


def wait_until_up(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Return when the port answers; RuntimeError when the process ends or the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server did not come up on port {port}")
        time.sleep(0.1)


def stop(*processes: subprocess.Popen[bytes]) -> None:
    """End the children in order, with what they started; what does not listen within ten seconds is killed."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
