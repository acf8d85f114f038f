"""A process of the served portal that runs scripts and commands one after the other: each start would take seconds.

Reads a line of JSON at a time, {"script": path} or {"command": [name, …]}, with "environment"; answers with one.
"""

import json
import os
import sys
import traceback
from io import StringIO
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connections


def answer(task: dict[str, Any]) -> Any:
    os.environ.update(task["environment"])
    if "script" in task:
        names: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(Path(task["script"]).read_text(), task["script"], "exec"), names)  # noqa: S102 - our own script
        return names["answer"]
    out = StringIO()
    call_command(*task["command"], stdout=out)
    return out.getvalue()


def main() -> None:
    django.setup()
    replies, sys.stdout = sys.stdout, sys.stderr  # what a script prints is no answer
    for line in sys.stdin:
        try:
            reply = {"answer": answer(json.loads(line))}
        except Exception:  # told to the test that asked
            reply = {"error": traceback.format_exc()}
        connections.close_all()
        print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    main()
