"""`make screenshots ARGS=--handbook`: pictures for the editors' handbook, from the running demo (PORT, DEMO_PASSWORD).

Looks over the shoulder of the demo's editor: columns, article, menus. Reads only; nothing is saved. Small WebP files.
"""

import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from scripts.crawl_admin import log_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parent.parent / "portal" / "static" / "img" / "handbook"
WIDTH = 1280


def keep(page: "Page", name: str, *, height: int = 760) -> None:
    page.wait_for_timeout(600)  # panels slide in
    picture = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
    Image.open(io.BytesIO(picture)).convert("RGB").save(FOLDER / f"{name}.webp", quality=62, method=6)


def addresses(page: "Page", pattern: str) -> list[str]:
    """Links of the listing whose path fits, in the order of the page."""
    links = page.eval_on_selector_all("main .listing a[href]", "links => links.map(link => link.href)")
    return [link for link in links if re.search(pattern, link)]


def take(browser: "Browser", base: str) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": WIDTH, "height": 760}, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    log_in(page, base, os.environ.get("HANDBOOK_USER") or "editor")
    page.goto(f"{base}/admin/pages/")
    if "/pages/3/" not in page.url:
        page.goto(f"{base}/admin/pages/3/")
    keep(page, "pages", height=520)
    columns = addresses(page, r"/admin/pages/\d+/$")
    while columns:  # a column may hold columns; the first that lists articles is shown
        page.goto(columns.pop(0))
        if articles := addresses(page, r"/admin/pages/\d+/edit/$"):
            page.goto(articles[0])
            break
        columns = addresses(page, r"/admin/pages/\d+/$") + columns
    keep(page, "write")
    toggle = page.locator("footer [data-w-dropdown-target='toggle']").first
    if toggle.count():
        toggle.click()
        keep(page, "submit")
        page.keyboard.press("Escape")
    page.locator("button[aria-label*='状态']").first.click()
    keep(page, "schedule")
    page.goto(f"{base}/admin/images/")
    keep(page, "images", height=520)
    print(f"{sum(file.stat().st_size for file in FOLDER.glob('*.webp')) // 1024} kB of pictures")
    context.close()
    return 0
