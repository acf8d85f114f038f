"""Keeps the catalogues in locale/ in step with the sources, in pure Python.

    python scripts/translations.py messages   # take up new strings, drop old ones, keep what is translated
    python scripts/translations.py missing    # what still has no translation, by language
    python scripts/translations.py compile    # .po → .mo where the .po is newer; set-up and the tests do this

locale/en holds English for our own Chinese strings; locale/zh_Hans holds Chinese for strings of Wagtail and the other
libraries that they do not translate themselves, or translate with another word than the trade's (docs/translations.md).
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LOCALE = ROOT / "locale"
OWN = ["home", "liaison_stations", "participation", "portal", "templates"]
DOMAINS = {"django": (".py", ".html", ".txt"), "djangojs": (".js",)}
# Packages that show strings without being installed apps themselves.
QUIET_LIBRARIES = ["modelsearch", "treebeard"]
DJANGO_PARTS = ["contrib/auth", "contrib/contenttypes", "core", "db", "forms", "utils", "views"]
HEADER = {
    "en": "nplurals=2; plural=(n != 1);",
    "zh_Hans": "nplurals=1; plural=0;",
}

Key = tuple[str | None, str]
Wanted = dict[Key, str | None]  # (context, text) → plural text


def catalogue(language: str, domain: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def opened(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile(wrapwidth=100)


def is_translated(entry: polib.POEntry) -> bool:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return not entry.obsolete and not entry.fuzzy and all(texts)


def translated(path: Path) -> set[Key]:
    return {(entry.msgctxt, entry.msgid) for entry in opened(path) if is_translated(entry)}


# --- What our own sources say -----------------------------------------------------------------------------------
def own_strings() -> Wanted:
    from scripts.messages import in_folder

    wanted: Wanted = {}
    for name in OWN:
        for found in in_folder(ROOT / name):
            key = (found.context, found.text)
            wanted[key] = wanted.get(key) or found.plural
    return wanted


# --- What the libraries say -------------------------------------------------------------------------------------
def library_folders() -> Iterator[tuple[Path, Path | None]]:
    """Source and catalogue folders of every installed library."""
    import django
    from django.apps import apps

    packages = Path(django.__file__).resolve().parent.parent
    for part in DJANGO_PARTS:
        yield packages / "django" / part, None
    yield packages / "django" / "conf" / "urls", packages / "django" / "conf" / "locale"
    for name in QUIET_LIBRARIES:
        yield packages / name, None
    for config in apps.get_app_configs():
        path = Path(config.path).resolve()
        if path.is_relative_to(packages):
            yield path, path / "locale"


def is_foreign(path: Path, folder: Path, installed: set[Path]) -> bool:
    """Whether the file belongs to an app below this one that is not installed, or to one listed by itself."""
    for parent in path.parents:
        if parent == folder:
            return False
        if parent in installed or (parent / "apps.py").exists() or (parent / "locale").exists():
            return True
    return False


def library_strings(domain: str) -> tuple[Wanted, set[Key]]:
    """Every string the libraries can show, and those that they have in Chinese themselves."""
    from scripts.messages import in_folder

    wanted: Wanted = {}
    theirs: set[Key] = set()
    folders = list(library_folders())
    installed = {folder for folder, _ in folders}
    for folder, locale in folders:
        if locale:
            theirs |= translated(locale / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po")
            for entry in opened(locale / "en" / "LC_MESSAGES" / f"{domain}.po"):
                if not entry.obsolete:
                    wanted[entry.msgctxt, entry.msgid] = entry.msgid_plural or None
        if domain == "django":
            for found, paths in in_folder(folder).items():
                if not all(is_foreign(path, folder, installed) for path in paths):
                    wanted.setdefault((found.context, found.text), found.plural)
    return wanted, theirs


# --- Catalogues -------------------------------------------------------------------------------------------------
def missing(language: str, domain: str, wanted: Iterable[Key], theirs: set[Key] = frozenset()) -> list[Key]:  # type: ignore[assignment]
    ours = translated(catalogue(language, domain))
    return sorted((key for key in wanted if key not in ours and key not in theirs), key=str)


def in_order(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgid, entry.msgctxt or ""


def write(language: str, domain: str, entries: Iterable[polib.POEntry]) -> None:
    path = catalogue(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    book = polib.POFile(wrapwidth=100)
    book.metadata = {
        "Project-Id-Version": "portal",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": HEADER[language],
    }
    for entry in sorted(entries, key=in_order):
        entry.occurrences = []  # line numbers would change with every commit
        entry.flags = []
        book.append(entry)
    book.save(str(path), newline="\n")


def empty_entry(key: Key, plural: str | None, forms: int) -> polib.POEntry:
    context, text = key
    if plural:
        return polib.POEntry(
            msgctxt=context, msgid=text, msgid_plural=plural, msgstr_plural=dict.fromkeys(range(forms), "")
        )
    return polib.POEntry(msgctxt=context, msgid=text, msgstr="")


def update_english() -> None:
    kept = {(entry.msgctxt, entry.msgid): entry for entry in opened(catalogue("en", "django")) if not entry.obsolete}
    entries = []
    for key, plural in own_strings().items():
        entry = kept.get(key)
        entries.append(entry if entry and bool(entry.msgid_plural) == bool(plural) else empty_entry(key, plural, 2))
    write("en", "django", entries)


def update_chinese() -> None:
    for domain in DOMAINS:
        wanted, theirs = library_strings(domain)
        kept = {(each.msgctxt, each.msgid): each for each in opened(catalogue("zh_Hans", domain)) if not each.obsolete}
        entries = [entry for key, entry in kept.items() if key in wanted]
        entries += [
            empty_entry(key, wanted[key], 1) for key in missing("zh_Hans", domain, wanted, theirs) if key not in kept
        ]
        write("zh_Hans", domain, entries)


def compile_stale() -> int:
    """Writes each .mo that is missing or older than its .po; an interrupted write leaves no half a file."""
    done = 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        book = polib.POFile()
        book.metadata = (source := opened(path)).metadata
        book.extend(entry for entry in source if is_translated(entry))
        draft = target.with_suffix(f".{os.getpid()}")
        book.save_as_mofile(str(draft))
        draft.replace(target)
        done += 1
    return done


def report() -> int:
    left = 0
    english = own_strings()
    gaps = {"en django": (missing("en", "django", english), len(english))}
    for domain in DOMAINS:
        wanted, theirs = library_strings(domain)
        gaps[f"zh_Hans {domain}"] = (missing("zh_Hans", domain, wanted, theirs), len(wanted))
    for name, (keys, total) in gaps.items():
        for context, text in keys:
            print(f"  {name}: {f'[{context}] ' if context else ''}{text!r}")
        print(f"{name}: {total - len(keys)} of {total} ({100 * (total - len(keys)) // max(total, 1)} %)")
        left += len(keys)
    return left


def main(command: str) -> int:
    if command == "compile":
        compile_stale()
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    if command == "messages":
        update_english()
        update_chinese()
        compile_stale()
    elif command != "missing":
        sys.exit(__doc__)
    report()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
