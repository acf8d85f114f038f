#!/usr/bin/env python3
"""Checks an export of the public record (公开记录). Needs Python 3.8 or later and nothing else.

    python3 verify_trail.py trail.jsonl --head COUNT:HASH

A head (链头) is what you, or anyone you trust, noted earlier from the page /trail/ or from an auditor's mail. More
than one may be given. Without any, only the inner consistency is checked: a record rewritten as a whole would pass.

Exit code: 0 nothing was changed before the given heads; 1 changed; 2 cannot read; 3 consistent, but no head given.

How it works: each entry is hashed (SHA-256 of its canonical JSON), and each link is
SHA-256(previous link, newline, position, newline, entry hash), starting from 64 zeros.
"""

import argparse
import hashlib
import json
import re
import sys

GENESIS = "0" * 64


class Tampered(Exception):
    """The export is not what it claims to be, or not what a head promised."""


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def parse_head(text):
    """`COUNT:HASH` as a pair; also accepts a blank instead of the colon."""
    found = re.fullmatch(r"\s*(\d+)[:：\s]\s*([0-9a-fA-F]{64})\s*", text)
    if not found:
        raise ValueError("not a head (COUNT:HASH with 64 hexadecimal digits): " + repr(text))
    return int(found.group(1)), found.group(2).lower()


def verify(lines, heads=()):
    """Walks the lines of an export (bytes); returns (count, hash, has_entries) or raises Tampered.

    Every line must be spelt canonically and hold nothing that is not hashed.
    """
    promised = {}  # type: dict
    for count, wanted in heads:
        if promised.setdefault(count, wanted) != wanted:
            raise Tampered("two given heads contradict each other at position %d / 给定的两个链头互相矛盾" % count)
    position, chained, claimed, has_entries, seen = 0, GENESIS, None, None, set()
    if promised.get(0, GENESIS) != GENESIS:
        raise Tampered("the given head for 0 entries is impossible / 第0条的链头不可能")
    for number, raw in enumerate(lines, 1):
        where = "line %d / 第%d行: " % (number, number)
        if claimed is not None:
            raise Tampered(where + "something follows the head / 链头之后还有内容")
        try:
            row = json.loads(raw.decode("utf-8"))
            spelt = canonical(row)
        except ValueError:
            raise Tampered(where + "not JSON / 不是JSON") from None
        if raw.rstrip(b"\r\n") != spelt or not isinstance(row, dict):
            raise Tampered(where + "not in canonical form / 不是规范写法")
        if set(row) == {"head"}:
            claimed = row["head"]
            continue
        position += 1
        if has_entries is None:
            has_entries = "entry" in row
        expected = {"position", "entry_hash", "chain_hash"} | ({"entry"} if has_entries else set())
        if set(row) != expected:
            raise Tampered(where + "fields are missing or added / 缺少或多出字段")
        if row["position"] != position:
            raise Tampered(where + "position %s instead of %d / 序号不连续" % (row["position"], position))
        if has_entries:
            if hashlib.sha256(canonical(row["entry"])).hexdigest() != row["entry_hash"]:
                raise Tampered(where + "the entry was changed / 条目内容被改动")
            key = row["entry"].get("id") if isinstance(row["entry"], dict) else None
            if key in seen:
                raise Tampered(where + "the entry stands there twice / 条目重复")
            seen.add(key)
        link = "%s\n%d\n%s" % (chained, position, row["entry_hash"])
        chained = hashlib.sha256(link.encode("utf-8")).hexdigest()
        if chained != row["chain_hash"]:
            raise Tampered(where + "the chain is broken / 链条断裂")
        if promised.pop(position, chained) != chained:
            raise Tampered(where + "differs from the given head: rewritten / 与给定链头不符，此前内容被改写")
    promised.pop(0, None)
    if promised:
        text = "only %d entries, a given head has %d: cut off / 只有%d条，给定链头为%d条，尾部被删"
        raise Tampered(text % (position, max(promised), position, max(promised)))
    if not isinstance(claimed, dict):
        raise Tampered("the export has no head: cut off / 文件没有链头，可能不完整")
    if (claimed.get("count"), claimed.get("hash")) != (position, chained):
        raise Tampered("the head in the file does not fit its lines / 文件内的链头与内容不符")
    return position, chained, bool(has_entries)


def main(arguments=None):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="the export (.jsonl)")
    parser.add_argument("--head", action="append", default=[], metavar="COUNT:HASH", help="a head noted earlier")
    parser.add_argument("--heads", metavar="FILE", help="a text file with one noted head a line")
    options = parser.parse_args(arguments)
    try:
        noted = list(options.head)
        if options.heads:
            with open(options.heads, encoding="utf-8-sig") as source:
                noted += [line for line in source if line.strip()]
        heads = [parse_head(text) for text in noted]
        with open(options.file, "rb") as source:
            count, chained, has_entries = verify(source, heads)
    except Tampered as finding:
        print("TAMPERED / 已被改动: %s" % finding)
        return 1
    except (OSError, ValueError) as error:
        print("CANNOT READ / 无法读取: %s" % error, file=sys.stderr)
        return 2
    depth = "entries and chain / 条目与链条" if has_entries else "chain only / 仅链条"
    print("%d:%s (%s)" % (count, chained, depth))
    if not heads:
        print("CONSISTENT, BUT NOT PROVEN / 前后一致，但未与任何链头核对：请用 --head 给出您先前记下的链头")
        return 3
    print("OK / 未被改动: %d head(s) fit / 与%d个链头相符" % (len(heads), len(heads)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
