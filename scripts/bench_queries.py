"""How many queries each page asks of the database of DATABASE_URL, uncached: python scripts/bench_queries.py PATH …"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")


def main(paths: list[str]) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    counts = []
    for path in paths:
        client.get(path, follow=True)  # whatever is read once per process
        with CaptureQueriesContext(connection) as captured:
            if client.get(path, follow=True).status_code != 200:
                sys.exit(f"{path} failed")
        counts.append(len(captured))
    print(json.dumps(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
