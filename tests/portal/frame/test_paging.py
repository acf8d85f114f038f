"""Keyset pages: every row once, forwards and backwards, also where the order ties."""

import datetime

import pytest
from django.core import signing
from django.db.models import IntegerField, Value
from django.utils import timezone

from portal.accounts.models import User
from portal.frame.paging import SALT, Page, keyset_page

pytestmark = pytest.mark.django_db
NEWEST = "-date_joined"


@pytest.fixture
def people() -> list[User]:
    start = timezone.now()
    # three share each moment, down to the microsecond; the moments differ by one microsecond
    moments = [start + datetime.timedelta(microseconds=number // 3) for number in range(11)]
    User.objects.bulk_create(User(username=f"p{number}", date_joined=moment) for number, moment in enumerate(moments))
    return list(User.objects.order_by(NEWEST, "-pk"))


def walked(order: str, size: int) -> list[Page]:
    pages = [keyset_page(User.objects.all(), order, "", size)]
    while pages[-1].next:
        pages.append(keyset_page(User.objects.all(), order, pages[-1].next, size))
    return pages


@pytest.mark.parametrize("order", [NEWEST, "date_joined"])
@pytest.mark.parametrize("size", [1, 2, 4, 11, 50])
def test_walking_forward_shows_every_row_once(people: list[User], order: str, size: int) -> None:
    expected = people if order == NEWEST else people[::-1]
    assert [row for page in walked(order, size) for row in page] == expected


def test_walking_back_shows_the_same_pages_and_ends_at_the_first(people: list[User]) -> None:
    forward = walked(NEWEST, 4)
    back = [forward[-1]]
    while back[-1].previous:
        back.append(keyset_page(User.objects.all(), NEWEST, back[-1].previous, 4))
    assert [list(page) for page in reversed(back)] == [list(page) for page in forward]
    assert back[-1].previous == ""
    assert back[-1].next != ""


def test_a_new_row_does_not_shift_the_page_being_read(people: list[User]) -> None:
    first = keyset_page(User.objects.all(), NEWEST, "", 4)
    User.objects.create(username="late", date_joined=timezone.now() + datetime.timedelta(days=1))
    assert list(keyset_page(User.objects.all(), NEWEST, first.next, 4)) == people[4:8]


@pytest.mark.parametrize("cursor", ["x", "' OR 1=1", "eyJ:abc", signing.Signer(salt=SALT).sign_object({"a": 1})])
def test_a_forged_cursor_gives_the_first_page(people: list[User], cursor: str) -> None:
    assert list(keyset_page(User.objects.all(), NEWEST, cursor, 4)) == people[:4]


def test_a_cursor_of_another_order_gives_the_first_page(people: list[User]) -> None:
    other = keyset_page(User.objects.all(), "date_joined", "", 4).next
    assert list(keyset_page(User.objects.all(), NEWEST, other, 4)) == people[:4]


def test_a_cursor_beyond_the_end_is_an_empty_page(people: list[User]) -> None:
    cursor = keyset_page(User.objects.all(), NEWEST, "", 4).next
    User.objects.filter(pk__in=[person.pk for person in people[4:]]).delete()
    page = keyset_page(User.objects.all(), NEWEST, cursor, 4)
    assert (list(page), page.next) == ([], "")


def test_an_annotation_can_be_the_order(people: list[User]) -> None:
    rows = User.objects.annotate(weight=Value(7, IntegerField()))
    first = keyset_page(rows, "-weight", "", 4)
    second = keyset_page(rows, "-weight", first.next, 4)
    assert [*first, *second] == sorted(people, key=lambda person: -person.pk)[:8]


def test_a_page_costs_one_query(people: list[User], django_assert_num_queries) -> None:
    cursor = keyset_page(User.objects.all(), NEWEST, "", 4).next
    with django_assert_num_queries(1):
        keyset_page(User.objects.all(), NEWEST, cursor, 4)
