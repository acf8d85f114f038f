import io

import pytest

from portal.trail import exports, services, verifier


@pytest.fixture
def write(db):
    """Appends n entries with Chinese, nested and empty values."""

    def append(count: int) -> None:
        for number in range(count):
            services.record(
                subject_kind="proposal",
                subject_key=f"JY-430104001-2026-{number:06}",
                verb="published",
                from_state="screening",
                to_state="adopted",
                capacity="moderator",
                reason=f"第{number}条，理由“属实”\n换行",
                detail={"b": [number, None, {"键": "值"}], "a": True},
            )

    return append


@pytest.fixture
def verdict():
    """Runs the verifier over lines; answers None when nothing is wrong, else what it says."""

    def judge(lines: list[bytes], heads: tuple[tuple[int, str], ...] = ()) -> str | None:
        try:
            verifier.verify(io.BytesIO(b"".join(lines)), heads)
        except verifier.Tampered as finding:
            return str(finding)
        return None

    return judge


@pytest.fixture
def export():
    return lambda full=True: list(exports.export_lines(full=full))
