import pytest

from portal.encryption import rules

NEW, OLD = "n" * 40, "o" * 40


def test_a_sealed_text_opens_again_and_names_its_key():
    stored = rules.seal("13800138000 张三㮾", NEW)
    assert rules.unseal(stored, [OLD, NEW]) == "13800138000 张三㮾"
    assert stored.split(".")[:2] == ["v1", rules.key_id(NEW)]


def test_two_seals_of_one_text_differ():
    assert rules.seal("13800138000", NEW) != rules.seal("13800138000", NEW)


@pytest.mark.parametrize("stored", ["13800138000", "v2.aa.bb", "v1.only", ""])
def test_what_is_no_sealed_value_is_refused(stored):
    with pytest.raises(rules.WrongKey):
        rules.unseal(stored, [NEW])


def test_an_unknown_key_is_named_in_the_refusal():
    with pytest.raises(rules.WrongKey, match=f"sealed under key {rules.key_id(OLD)}, which is not configured"):
        rules.unseal(rules.seal("x", OLD), [NEW])


def test_a_damaged_value_is_refused():
    stored = rules.seal("13800138000", NEW)
    with pytest.raises(rules.WrongKey, match="damaged"):
        rules.unseal(stored[:-4] + ("AAAA" if stored[-4:] != "AAAA" else "BBBB"), [NEW])


def test_purposes_give_unrelated_indexes():
    assert rules.mac("1", NEW, "phone") != rules.mac("1", NEW, "card")
