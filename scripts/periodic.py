"""What cron does in production, for the demo: `runperiodic` every ten seconds, in one process."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
EVERY_SECONDS = 10


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command, get_commands
    from django.db import close_old_connections

    if "runperiodic" not in get_commands():
        return
    while True:
        try:
            with open(os.devnull, "w") as silence:
                call_command("runperiodic", stdout=silence)
        except Exception as error:  # a failed round must not end the loop: the next one may succeed
            print(f"runperiodic: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        close_old_connections()
        time.sleep(EVERY_SECONDS)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
