from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone

from portal.idempotency.models import Done
from portal.idempotency.services import KeyReused, Outcome, fingerprint, forget_old, once


def test_a_repeat_gets_the_first_answer_and_does_nothing(db):
    calls = []

    def action():
        calls.append(1)
        return "JY-1"

    asked = {"key": "k" * 20, "scope": "proposal", "fingerprint": "f", "action": action}
    assert [once(**asked), once(**asked)] == [Outcome("JY-1", True), Outcome("JY-1", False)]
    assert calls == [1]


def test_other_content_under_the_same_key_is_refused(db):
    once(key="k" * 20, scope="proposal", fingerprint="f", action=lambda: "JY-1")
    with pytest.raises(KeyReused):
        once(key="k" * 20, scope="proposal", fingerprint="g", action=lambda: pytest.fail("must not run"))


def test_the_same_key_in_another_scope_is_another_submission(db):
    once(key="k" * 20, scope="proposal", fingerprint="f", action=lambda: "JY-1")
    assert once(key="k" * 20, scope="comment", fingerprint="g", action=lambda: "C") == Outcome("C", True)


def test_a_failed_action_leaves_the_key_free(db):
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(key="k" * 20, scope="proposal", fingerprint="f", action=fail)
    assert once(key="k" * 20, scope="proposal", fingerprint="f", action=lambda: "JY-1").is_new


def test_keys_are_forgotten_after_their_days(db, settings):
    settings.IDEMPOTENCY_KEEP_DAYS = 30
    for key, days in (("old", 31), ("young", 29)):
        once(key=key, scope="s", fingerprint="f", action=str)
        Done.objects.filter(key=key).update(created_at=timezone.now() - timedelta(days=days))
    assert forget_old() == "forgot 1 form keys"
    assert list(Done.objects.values_list("key", flat=True)) == ["young"]


def test_the_fingerprint_sees_content_and_files_but_not_the_key():
    def of(query, photo=b"x"):
        data = QueryDict(query)
        return fingerprint({**dict(data.lists()), "photo": SimpleUploadedFile("a.jpg", photo)})

    same = of("form_key=1&csrfmiddlewaretoken=a&text=%E8%B7%AF%E7%81%AF&tag=1&tag=2")
    assert same == of("text=%E8%B7%AF%E7%81%AF&form_key=2&csrfmiddlewaretoken=b&tag=1&tag=2")
    assert same != of("text=%E8%B7%AF%E7%81%AF&tag=1&tag=3")
    assert same != of("text=%E8%B7%AF%E7%81%AF&tag=1&tag=2", photo=b"y")
