"""`make screenshots`: pictures for README and docs, taken from the running demo (PORT, DEMO_PASSWORD not needed)."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402 - run as a script

from scripts.browser import FLAGS, chromium  # noqa: E402 - run as a script
from scripts.handbook_pictures import take  # noqa: E402 - run as a script

FOLDER = ROOT / "docs" / "images"
PAGES = {"home": "/", "proposals": "/proposals/", "write": "/proposals/new/", "lookup": "/lookup/"}
VIEWS = {"": (1200, 800), "-phone": (390, 844)}


def main() -> int:
    executable = chromium()
    if executable is None:
        sys.exit("No Chromium found: apt-get install chromium fonts-noto-cjk")
    address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable), args=list(FLAGS))
        if "--handbook" in sys.argv:
            return take(browser, address)
        for suffix, (width, height) in VIEWS.items():
            for mode in ("", "-elder"):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
                )
                if mode:
                    context.add_cookies([{"name": "elder", "value": "1", "url": address}])
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(address + path)
                    page.screenshot(path=FOLDER / f"{name}{suffix}{mode}.png")
                context.close()
        browser.close()
    print(f"{len(PAGES) * len(VIEWS) * 2} pictures in {FOLDER.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
