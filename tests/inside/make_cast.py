"""Run once per template: the cast, and its divisions with those above and below them, out of our own seed."""

from portal.accounts.demo import create_cast
from portal.jurisdictions.imports import SEED, parse_divisions
from portal.jurisdictions.services.divisions import import_divisions

CODES = ("430000000000", "4301000", "4303000", "430381000", "4303810010", "430381002000", "430111000", "430111001000")

with SEED.open("rb") as source:
    rows = [row for row in parse_divisions(source).rows if (row.code or "").startswith(CODES)]
import_divisions(rows=rows)
create_cast()
