"""最新建议: the newest that anyone may read, narrowed to the chosen division, in one query."""

import pytest
from django.utils import timezone

from home.selectors import latest_proposals
from participation.proposals.services.importing import ImportedMessage, import_message
from portal.jurisdictions.models import Division


@pytest.fixture
def streets(db: None) -> list[Division]:
    city = Division.objects.create(code="430381000000", name="湘乡市", level="county", path="430381000000/")
    return [
        Division.objects.create(code=code, name=name, level="subdistrict", parent=city, path=f"430381000000/{code}/")
        for code, name in (("430381001000", "望春门街道"), ("430381002000", "新湘路街道"))
    ]


def message(number: int, **kwargs) -> ImportedMessage:
    words = {"title": f"建议{number}", "body": "路灯不亮", "submitted_at": timezone.now(), **kwargs}
    return ImportedMessage(source="export", external_number=str(number), **words)


def test_the_newest_five_readable_ones_are_shown_in_one_query(streets, django_assert_num_queries) -> None:
    for number in range(7):
        import_message(message=message(number), division=streets[number % 2], publishes=True)
    import_message(message=message(7), division=streets[0], publishes=False)
    import_message(message=message(8, is_confidential=True), division=streets[0], publishes=True)
    with django_assert_num_queries(1):
        titles = [(row.title, row.division.name) for row in latest_proposals()]
    assert sorted(titles) == [(f"建议{n}", streets[n % 2].name) for n in (2, 3, 4, 5, 6)]
    assert [row.title for row in latest_proposals(streets[1])] == ["建议5", "建议3", "建议1"]
