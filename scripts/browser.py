"""Where Chromium is, and how to start it without a display, a sandbox or any call home."""

import shutil

# the shell is the same Chromium without a window around each page: a third of the work for the same pages
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
