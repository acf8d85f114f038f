"""Drawing numbers without gaps."""

from collections import Counter as Tally
from collections.abc import Sequence

from django.db import connection, transaction

from .models import Counter


def draw(*, series: str) -> int:
    """The next number of the series, starting at 1.

    Drawn in the caller's transaction: whoever rolls back gives the number back, and whoever draws next waits until
    then. Outside a transaction it is refused, because a number drawn and not used would be a gap.
    """
    return draw_block(series=series, size=1)[0]


def draw_block(*, series: str, size: int) -> range:
    """The next `size` numbers at once, for imports."""
    if size < 1:
        return range(0)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("draw numbers inside the transaction that uses them")
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        # One statement that creates or locks the row: the row stays locked until the transaction ends.
        cursor.execute(
            f"INSERT INTO {table} (series, last) VALUES (%s, %s) "  # noqa: S608 - the table name is ours
            f"ON CONFLICT (series) DO UPDATE SET last = {table}.last + excluded.last RETURNING last",
            [series, size],
        )
        last = int(cursor.fetchone()[0])
    return range(last - size + 1, last + 1)


def draw_each(*, series: Sequence[str]) -> list[int]:
    """The next number of each of these series, in this order; every counter is asked once, by order of name."""
    blocks = {name: iter(draw_block(series=name, size=count)) for name, count in sorted(Tally(series).items())}
    return [next(blocks[name]) for name in series]
