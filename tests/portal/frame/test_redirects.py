import pytest
from django.test import RequestFactory

from portal.frame.redirects import parent_path, safe_next


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/lookup/", "/lookup/"),
        ("/lookup/?a=1#b", "/lookup/?a=1#b"),
        ("http://testserver/me/", "http://testserver/me/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_next_never_leads_to_a_foreign_host(wanted: str, given: str) -> None:
    assert safe_next(RequestFactory().post("/modes/", {"next": wanted})) == given
    assert safe_next(RequestFactory().get("/modes/", {"next": wanted})) == given


@pytest.mark.parametrize(
    ("path", "above"), [("/", ""), ("/lookup/", "/"), ("/trail/verifier/x/", "/trail/"), ("/no/such/page/", "/")]
)
def test_the_way_back_is_the_nearest_address_that_exists(path: str, above: str) -> None:
    assert parent_path(path) == above
