"""`make screenshots`: each page type at 390, 768 and 1440 px, normal and elder; some in dark, contrast and print.

Taken from the running demo (PORT) into var/screenshots/, to be looked at. The few that README shows are written anew,
small, into docs/images/. `--handbook` takes the pictures of the editors' handbook instead.
"""

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 - run as a script
from playwright.sync_api import sync_playwright  # noqa: E402

from scripts.browser import FLAGS, chromium  # noqa: E402
from scripts.handbook_pictures import take  # noqa: E402
from scripts.lighthouse import pages as linked_pages  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

KEPT = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "screenshots"
FOLDER = ROOT / "docs" / "images"
WIDTHS = {390: 844, 768: 1024, 1440: 900}
FIXED = {
    "about": "/about/",
    "library": "/library/",
    "ledger": "/ledger/",
    "statistics": "/ledger/statistics/",
    "process": "/ledger/process/",
    "deputies": "/deputies/",
    "snaps": "/snaps/",
    "sitemap": "/sitemap/",
    "correction": "/corrections/new/?page=/about/",
    "search": "/search/?q=电梯",
    "search-empty": "/search/?q=没有这样的词",
    "write": "/proposals/new/",
    "lookup": "/lookup/",
    "division": "/division/",
    "trail": "/trail/",
    "accessibility": "/accessibility/",
    "not-found": "/no-such-page/",
}
MODES = {
    "": {},
    "-elder": {"elder": "1"},
    "-dark": {"theme": "dark"},
    "-contrast": {"contrast": "1"},
    "-elder-dark": {"elder": "1", "theme": "dark"},
}
# normal and elder mode show every page; the others a few, since they change colours only
IN_ALL_MODES = ["home", "article", "proposal"]
IN_README = {
    "home": ("home", 1440, ""),
    "home-phone": ("home", 390, ""),
    "home-elder-phone": ("home", 390, "-elder"),
    "home-dark-phone": ("home", 390, "-dark"),
    "article-phone": ("article", 390, ""),
    "proposals-phone": ("proposals", 390, ""),
    "proposal": ("proposal", 1440, ""),
}


def context_of(browser: "Browser", address: str, width: int, cookies: dict[str, str]) -> "BrowserContext":
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context


def keep_small(picture: bytes, name: str) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    image.save(FOLDER / f"{name}.png", optimize=True)


def main() -> int:
    executable = chromium()
    if executable is None:
        sys.exit("No Chromium found: apt-get install chromium fonts-noto-cjk")
    host = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
    address = f"http://{host}"
    for folder in (FOLDER, KEPT):
        folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable), args=list(FLAGS))
        if "--handbook" in sys.argv:
            return take(browser, address)
        pages = linked_pages(host) | FIXED
        count = 0
        for width in WIDTHS:
            for mode, cookies in MODES.items():
                context = context_of(browser, address, width, cookies)
                page = context.new_page()
                for name, path in pages.items():
                    if mode not in ("", "-elder") and name not in IN_ALL_MODES:
                        continue
                    page.goto(address + path)
                    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        print(f"too wide: {path} at {width} px{mode}")
                    page.screenshot(path=KEPT / f"{name}-{width}{mode}.png", full_page=True)
                    count += 1
                    for small, shown in IN_README.items():
                        if shown == (name, width, mode):
                            keep_small(page.screenshot(), small)
                    if width == 1440 and not mode:
                        page.pdf(path=KEPT / f"{name}-print.pdf", prefer_css_page_size=True)
                context.close()
        browser.close()
    print(f"{count} pictures and {len(pages)} print previews in {KEPT}, {len(IN_README)} of README in docs/images/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
