"""Walks through the admin of a running demo as several people and lists what is not Chinese.

    PORT=8000 DEMO_PASSWORD=… python scripts/crawl_admin.py [role …]

Follows every GET link on this machine in a real browser, so that what scripts write is read too: texts, tool tips,
labels for screen readers, dialogs. Prints Latin words that are no proper names, pages that fail and requests elsewhere.
"""

import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402 - run as a script

from scripts.browser import FLAGS, chromium  # noqa: E402 - run as a script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROLES = ["admin", "editor", "moderator", "clerk", "community", "committee", "director", "auditor"]
START = ["/admin/", "/admin/account/"]
NOT_FOLLOWED = re.compile(
    r"/logout|/download|/template/|/bulk/|export=|format=|/media/|\.ics|\.xlsx|\.csv|/documents/\d+/"
)
PER_PATTERN = 2  # pages alike but for a number are read twice, not a thousand times
NAMES = set(
    """Wagtail JSON HTML PDF Excel Word CSV Shift Ctrl Alt Enter Esc Tab Cmd WebP WEBP AVIF JPEG JPG PNG GIF SVG TXT
    XLSX DOCX PPTX ZIP px KB MB GB IP ICP RSS UTC UTF English CJK localhost
    admin editor moderator clerk auditor committee community deputy director member party superior unit""".split()
)
# What the page says, shown or not yet shown: scripts and styles aside, with every attribute that is read to somebody.
READ = """() => {
  const SILENT = 'script,style,noscript,code,pre,textarea,[data-side-panel-toggle-counter],.xdsoft_save_selected';
  const said = [];
  const read = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === 3) {
        const holder = node.parentElement;
        if (!holder || !holder.closest(SILENT)) said.push(node.textContent);
        continue;
      }
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-w-tooltip-content-value'])
        if (node.hasAttribute(name)) said.push(node.getAttribute(name));
      if (node.tagName === 'TEMPLATE') read(node.content);
      if (node.tagName === 'INPUT' && ['submit', 'button'].includes(node.type)) said.push(node.value);
    }
  };
  read(document.body);
  said.push(document.title);
  return said.map(text => text.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""
WORD = re.compile(r"[A-Za-z]{2,}")
NO_WORDS = re.compile(
    r"<[^>]*>|https?://\S+|[\w.+-]+@[\w.-]+|[A-Z]{2}-\d[\d-]+|[\w-]*\.[a-z]{2,}\b|/[\w/.-]+/?|\b\w*[a-z]\d\w*\b|\b\w*_\w+\b"
)


def foreign_words(text: str) -> set[str]:
    return {word for word in WORD.findall(NO_WORDS.sub(" ", text)) if word not in NAMES}


def pattern(address: str) -> str:
    parts = urlsplit(address)
    return re.sub(r"\d+", "N", re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "N", parts.path)) + (
        "?" + "&".join(sorted(re.findall(r"(\w+)=", parts.query))) if parts.query else ""
    )


def log_in(page: "Page", base: str, user: str) -> None:
    page.goto(f"{base}/accounts/login/?next=/admin/")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.fill("input[name=login]", user)
    page.fill("input[name=password]", os.environ["DEMO_PASSWORD"])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "login" not in address)


def walk(browser: "Browser", base: str, user: str) -> tuple[dict[str, set[str]], list[str]]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai")
    complaints: list[str] = []
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((base, "data:", "blob:"))
            else complaints.append(f"asked another host: {request.url}")
        ),
    )
    page = context.new_page()
    log_in(page, base, user)
    waiting, seen, times = [base + path for path in START], set[str](), Counter[str]()
    found: dict[str, set[str]] = defaultdict(set)
    while waiting:
        address = waiting.pop(0)
        if address in seen or times[pattern(address)] >= PER_PATTERN:
            continue
        seen.add(address)
        times[pattern(address)] += 1
        try:
            answer = page.goto(address, wait_until="load")
        except Exception as error:
            complaints.append(f"{address}: {str(error).splitlines()[0]}")
            continue
        if answer is None or answer.status >= 400:
            complaints.append(f"{answer and answer.status} {address}")
            continue
        if "html" not in (answer.headers.get("content-type") or "") or not urlsplit(page.url).path.startswith("/admin"):
            continue
        for text in page.evaluate(READ):
            if foreign_words(text):
                found[text[:140]].add(urlsplit(address).path)
        for link in page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"):
            target = urldefrag(urljoin(page.url, link))[0]
            if target.startswith(base + "/admin") and not NOT_FOLLOWED.search(target):
                waiting.append(target)
    print(f"{user}: {len(seen)} pages", flush=True)
    context.close()
    return found, complaints


def main(users: list[str]) -> int:
    base = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    found: dict[str, set[str]] = defaultdict(set)
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for user in users or ROLES:
            texts, wrong = walk(browser, base, user)
            complaints += [f"{user}: {each}" for each in wrong]
            for text, paths in texts.items():
                found[text] |= paths
        browser.close()
    for text, paths in sorted(found.items()):
        print(f"  {text!r}  {sorted(paths)[0]} ({len(paths)})")
    for each in sorted(set(complaints)):
        print(each)
    print(f"{len(found)} texts with Latin words, {len(set(complaints))} complaints")
    return 1 if found or complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
