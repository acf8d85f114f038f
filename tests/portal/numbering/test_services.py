import pytest
from django.db import transaction

from portal.numbering.services import draw, draw_block, draw_each


def test_numbers_follow_one_another_in_each_series(db):
    assert [draw(series="A"), draw(series="A"), draw(series="B")] == [1, 2, 1]
    assert draw_block(series="A", size=3) == range(3, 6)
    assert draw(series="A") == 6
    assert draw_block(series="A", size=0) == range(0)
    assert draw_each(series=["B", "A", "B"]) == [2, 7, 3]
    assert draw_each(series=[]) == []


def test_a_rolled_back_number_is_drawn_again(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        assert draw(series="A") == 1
        raise RuntimeError
    assert draw(series="A") == 1
