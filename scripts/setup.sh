#!/bin/sh
# Finds a Python that can build a virtual environment and hands over to setup.py.  Usage: scripts/setup.sh base|dev
set -eu
cd "$(dirname "$0")/.."
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$candidate" scripts/setup.py "$@"
    fi
done
echo "No Python 3.11 or newer with the venv module was found. On Debian: apt-get install python3 python3-venv" >&2
exit 1
