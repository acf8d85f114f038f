"""Every route × GET and POST × every person of the cast and a visitor.

In `make test` every one of our own routes by half of the people each with GET and with POST, and a third of the
libraries' routes; others with each commit (decision 0007). `make permissions` prints rows for routes that have none.
"""

import os
from collections.abc import Collection

import pytest

from tests.architecture.cells import METHODS, Cells
from tests.architecture.objects import VALUES, Objects, name_of
from tests.architecture.objects_library import WITHOUT_OBJECTS
from tests.architecture.permission_reasons import CLOSED
from tests.architecture.permission_sets import PEOPLE, VISITOR, Row, source
from tests.architecture.permission_table import TABLE
from tests.architecture.permission_table_library import LIBRARY
from tests.architecture.routes import Route, all_routes
from tests.conftest import Cast, commit_number, is_in_turn

ROWS = TABLE | LIBRARY
PRINTING = os.environ.get("PRINT_MISSING", "")  # "all" prints every row, to compare with git diff
IS_PRINTING = bool(PRINTING)
DRAWN = ("admin", VISITOR)


def routes_in_question() -> list[Route]:
    number = commit_number()
    return [route for route in all_routes() if route.is_ours or is_in_turn(route.key, number)]


def passed(cells: Cells, objects: Objects, route: Route, method: str, person: str) -> bool:
    return cells.passed(route, route.path(objects.values(route)), method, person, objects.query(route))


def test_no_row_stands_in_both_tables() -> None:
    assert set(TABLE) & set(LIBRARY) == set()


@pytest.mark.skipif(IS_PRINTING, reason="printing the missing rows")
def test_every_route_has_a_row_and_every_row_a_route() -> None:
    keys = {route.key for route in all_routes()}
    assert {"without a row": sorted(keys - set(ROWS)), "without a route": sorted(set(ROWS) - keys)} == {
        "without a row": [],
        "without a route": [],
    }, "`make permissions` prints the missing rows"


@pytest.mark.skipif(IS_PRINTING, reason="printing the missing rows")
def test_a_row_that_lets_nobody_in_says_why() -> None:
    assert {key for key, row in ROWS.items() if not row.get and not row.post} == set(CLOSED)


def test_every_parameter_of_a_route_has_a_real_object() -> None:
    assert [
        f"{route.key} {parameter}"
        for route in all_routes()
        for parameter in route.parameters
        if not name_of(route, parameter, VALUES) and not name_of(route, parameter, WITHOUT_OBJECTS)
    ] == []


@pytest.mark.skipif(IS_PRINTING, reason="printing the missing rows")
@pytest.mark.once
def test_everybody_gets_exactly_where_the_table_says(cast: Cast) -> None:
    compare(Cells(cast, PEOPLE, drawn=DRAWN), Objects(cast), PEOPLE, commit_number())


@pytest.mark.figures
def test_what_each_person_gets_can_be_drawn(cast: Cast) -> None:
    people = sorted(set(PEOPLE) - set(DRAWN))
    compare(Cells(cast, people), Objects(cast), people, None)


def compare(cells: Cells, objects: Objects, everybody: Collection[str], number: int | None) -> None:
    wrong = []
    for route in routes_in_question():
        for method, allowed in zip(METHODS, ROWS.get(route.key, Row(frozenset(), frozenset())), strict=True):
            people = {each for each in everybody if is_in_turn(f"{route.key} {method} {each}", number, parts=2)}
            got_past = {person for person in people if passed(cells, objects, route, method, person)}
            wrong += [
                f"{method} {route.key}: {person} is refused but should pass" for person in (allowed & people) - got_past
            ]
            wrong += [f"{method} {route.key}: {person} passes but should be refused" for person in got_past - allowed]
    assert wrong == []
    assert cells.errors == []


@pytest.mark.skipif(not IS_PRINTING, reason="a generator of rows: make permissions")
def test_print_missing_rows(cast: Cast) -> None:
    cells, objects = Cells(cast, PEOPLE), Objects(cast)
    for kind in (True, False):
        print("\n# ours: permission_table.py" if kind else "\n# libraries: permission_table_library.py")
        for route in all_routes():
            if route.is_ours is kind and (PRINTING == "all" or route.key not in ROWS):
                sets = [
                    frozenset(person for person in PEOPLE if passed(cells, objects, route, method, person))
                    for method in METHODS
                ]
                print(f'    "{route.key}": Row({source(sets[0])}, {source(sets[1])}),')
    print("\n".join(cells.errors))
