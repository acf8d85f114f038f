"""One short text that changes whenever a file that shapes a database changes."""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ("home", "portal", "participation", "liaison_stations")
MIGRATIONS = [f"{package}/**/migrations/*.py" for package in FEATURES] + ["requirements.txt", "portal/settings/*.py"]
# What demo data is made from, besides the migrations.
DEMO = [f"{package}/**/{kind}" for package in FEATURES for kind in ("demo.py", "demo/**/*", "demo_*.py", "seeds/**/*")]
DEMO += [f"{package}/**/management/commands/*.py" for package in FEATURES]
DEMO += ["portal/accounts/*.py", "portal/jurisdictions/**/*.csv", "scripts/demo.py", "tests/inside/*.py"]


def fingerprint(*patterns: str) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]
