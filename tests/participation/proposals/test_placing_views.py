"""Where it is: county, subdistrict, community; what this visitor stands for comes first."""

import pytest

from portal.jurisdictions.models import Division

from .writing import PLACE, content, errors_of, page, refused, text_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
XIANGXIANG, DONGSHAN = "430381000000", "430111012000"


@pytest.fixture
def many(cast) -> None:
    """As many subdistricts as a city has; 东山街道 exists twice."""
    for parent in Division.objects.filter(level="county"):
        for n in range(1, 16):
            name = "东山街道" if n == 12 else f"测试第{n}街道"
            code = f"{parent.key[:6]}{900 + n if n != 12 or parent.key == XIANGXIANG else 12:03d}000"
            Division.objects.create(
                code=code, name=name, level="subdistrict", parent=parent, path=f"{parent.path}{code}/"
            )


def test_a_subdistrict_with_communities_asks_for_the_community_next(cast, client):
    community = _community()
    client.post("/proposals/new/", words())
    assert client.post(page("place"), {"division": PLACE})["Location"] == page("place")
    assert community.name in text_of(client.get(page("place")))
    answer = client.post(page("place"), {"division": PLACE, "community": community.key})
    assert (answer["Location"], content()["community"]) == (page("about"), community.key)


def _community() -> Division:
    parent = Division.objects.get(code=PLACE)
    known = parent.children.first()
    if known is not None:
        return known
    code = "430381001001"
    return Division.objects.create(
        code=code, name="测试社区", level="community", parent=parent, path=f"{parent.path}{code}/"
    )


def test_whoever_does_not_know_the_subdistrict_chooses_the_county(cast, many, client):
    client.post("/proposals/new/", words())
    inside = client.post(page("place"), {"division": XIANGXIANG})["Location"]
    assert "不清楚是哪个街道" in text_of(client.get(inside))
    data = {"division": XIANGXIANG, "county": XIANGXIANG}
    assert (client.post(page("place"), data)["Location"], content()["division"]) == (page("about"), XIANGXIANG)


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"division": ""}, "division", "请选择一项"),
        ({"division": "000000000000"}, "division", "请从列表中选择"),
        ({"division": "'; DROP"}, "division", "请从列表中选择"),
        ({"division": PLACE, "community": "430102001001"}, "community", "请从列表中选择社区（村），不清楚就选“不清楚”"),
    ],
)
def test_what_the_place_page_refuses_stands_by_the_field(cast, client, data, field, message):
    _community()
    client.post("/proposals/new/", words())
    assert errors_of(refused(client, page("place"), data)) == {field: [message]}
    assert content().get("division") is None


def test_the_remembered_subdistrict_is_offered_and_can_be_changed(cast, client):
    client.cookies["division"] = PLACE
    client.post("/proposals/new/", words())
    assert client.get(page("place")).context["chosen"].key == PLACE
    assert client.get(page("place") + "?change=1").context["chosen"] is None


def labels(answer) -> list[str]:
    return [label for _key, label in answer.context["form"].fields["division"].widget.choices]


def test_two_hundred_subdistricts_are_asked_for_in_two_steps_and_never_stand_in_one_list(cast, many, client):
    client.post("/proposals/new/", words())
    first = client.get(page("place"))
    assert labels(first) == ["雨花区", "湘乡市"]
    second = client.get(client.post(page("place"), {"division": XIANGXIANG})["Location"])
    served = Division.objects.filter(parent__code=XIANGXIANG, level__in=["subdistrict", "township"])
    assert labels(second) == [*served.order_by("path").values_list("name", flat=True), "不清楚是哪个街道"]
    assert content().get("division") is None
    client.post(page("place"), {"division": PLACE, "county": XIANGXIANG})
    assert content()["division"] == PLACE


def test_a_subdistrict_is_found_by_a_part_of_its_name(cast, many, client):
    client.post("/proposals/new/", words())
    found = client.get(page("place"), {"find": " 东山", "change": "1"})
    assert labels(found) == ["东山街道（雨花区）", "东山街道（湘乡市）"]
    none = client.get(page("place"), {"find": "没有的"})
    assert ("没有找到名字里有“没有的”" in text_of(none), labels(none)) == (True, ["雨花区", "湘乡市"])


def test_the_accounts_place_is_preselected_with_its_community_after_the_browsers_choice(cast, many, client):
    community = _community()
    cast.resident.division = community
    cast.resident.save()
    client.force_login(cast.resident)
    client.post("/proposals/new/", words())
    shown = client.get(page("place"))
    assert (shown.context["chosen"].key, shown.context["form"]["community"].value()) == (PLACE, community.key)
    client.cookies["division"] = DONGSHAN
    assert client.get(page("place")).context["chosen"].key == DONGSHAN
    assert [each.division.key for each in client.get(page("place") + "?change=1").context["own"]] == [DONGSHAN, PLACE]
    answer = client.post(page("place"), {"division": PLACE, "community": ""})
    assert (answer["Location"], content()["community"]) == (page("about"), "")
    assert client.get(page("place")).context["form"]["community"].value() == ""


def test_a_remembered_county_starts_with_its_subdistricts(cast, many, client):
    client.cookies["division"] = XIANGXIANG
    client.post("/proposals/new/", words())
    assert client.get(page("place")).context["county"].key == XIANGXIANG


@pytest.mark.parametrize("query", ["county=000000000000", "county=%00", "find=%00", "find=" + "东" * 200, "again=1"])
def test_a_hostile_address_asks_the_first_question(cast, many, client, query):
    client.post("/proposals/new/", words())
    assert labels(client.get(f"{page('place')}?{query}")) == ["雨花区", "湘乡市"]


@pytest.mark.parametrize("query", ["", "?change=1", "?change=1&county=430381000000", "?find=东"])
def test_every_question_asks_the_database_the_same_few_times(cast, many, client, django_assert_max_num_queries, query):
    client.post("/proposals/new/", words())
    client.get(page("place") + query)
    with django_assert_max_num_queries(16):
        client.get(page("place") + query)
