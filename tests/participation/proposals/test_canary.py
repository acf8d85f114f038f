"""R26: what is not public of a proposal is on no public surface, whoever looks from outside."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from participation.proposals import services
from participation.proposals.models import Proposal
from participation.proposals.selectors import similar_proposals
from participation.proposals.states import STORED, State
from portal.outbox.models import Message
from portal.search.services import matching
from portal.trail.selectors import history_of
from portal.trail.subjects import subjects_of
from tests.factories import proposals as make

TITLE, BODY, NAME = "金丝雀标题甲", "金丝雀正文乙在三眼井路口的路灯下面", "燕小丙"
CANARIES = (TITLE, BODY, NAME, "燕**")
SECRET_STATES = sorted(STORED - {State.PUBLISHED, State.SCREENING, State.ADOPTED, State.NOT_ADOPTED, State.MERGED,
                                 State.WITHDRAWN, State.IMPORTED, State.REPLIED_IMPORTED})  # fmt: skip


def public_surfaces(client, proposal):
    """Everything a visitor can open that could name it, as one text."""
    urls = [
        reverse("proposals:list"),
        f"{reverse('proposals:list')}?q=金丝雀",
        reverse("proposals:detail", args=[proposal.number]),
        "/search/?q=金丝雀",
        "/trail/",
        "/",
    ]
    return "\n".join(client.get(url, follow=True).content.decode() for url in urls)


def confidential(cast):
    proposal = make.submitted(cast.resident, title=TITLE, body=BODY, name=NAME, is_confidential=True)
    return services.publish_proposal(proposal=proposal, by=cast.moderator)


def hidden(cast):
    proposal = make.published(cast.resident, cast.moderator, title=TITLE, body=BODY, name=NAME)
    return services.hide_proposal(proposal=proposal, by=cast.moderator, reason="违法内容")


def voided(cast):
    proposal = make.published(cast.resident, cast.moderator, title=TITLE, body=BODY, name=NAME)
    return services.void_proposal(proposal=proposal, by=cast.director, reason="录入有误")


def waiting(cast):
    return make.submitted(cast.resident, title=TITLE, body=BODY, name=NAME)


def resting_import(cast):
    return make.imported(title=TITLE, body=BODY, reply="金丝雀答复丁")


@pytest.mark.parametrize("make_secret", [confidential, hidden, voided, waiting, resting_import])
def test_no_public_surface_shows_what_is_not_public(make_secret, cast, client):
    proposal = make_secret(cast)
    text = public_surfaces(client, proposal)
    assert [canary for canary in (*CANARIES, "金丝雀答复丁") if canary in text.replace("?q=金丝雀", "")] == []


@pytest.mark.parametrize("make_secret", [confidential, hidden, voided, waiting, resting_import])
def test_search_and_similar_do_not_find_what_is_not_public(make_secret, cast):
    make_secret(cast)
    assert list(matching(Proposal.objects.readable(), "金丝雀")) == []
    assert list(matching(Proposal.objects.all(), "金丝雀")) == []  # not even in the index
    assert similar_proposals(BODY) == []


@pytest.mark.parametrize("make_secret", [confidential, hidden, voided, waiting, resting_import])
def test_the_row_itself_holds_nothing_that_is_not_public(make_secret, cast):
    row = Proposal.objects.values().get(pk=make_secret(cast).pk)
    stored = " ".join(str(value) for key, value in row.items() if key != "reply_text")
    assert [canary for canary in CANARIES if canary in stored] == []


@pytest.mark.parametrize("make_secret", [confidential, hidden, voided, waiting])
def test_messages_and_trail_hold_no_text_and_no_name(make_secret, cast):
    proposal = make_secret(cast)
    if make_secret in (hidden, voided):
        Message.objects.filter(event__contains=":publish:").delete()  # told while it was public
    told = " ".join(f"{m.title} {m.body}" for m in Message.objects.all())
    recorded = " ".join(f"{e.reason} {e.detail}" for e in history_of("proposal", proposal.number))
    assert [canary for canary in CANARIES if canary in told + recorded] == []


def test_a_confidential_one_is_counted_and_listed_without_words(cast, client):
    proposal = confidential(cast)
    assert list(Proposal.objects.public()) == [proposal]
    assert list(Proposal.objects.readable()) == []
    assert subjects_of("proposal", [proposal.number])[proposal.number].title == "保密件"


def test_what_is_hidden_is_public_again_after_a_second_person_restores_it(cast):
    proposal = hidden(cast)
    row = services.restore_proposal(proposal=proposal, by=cast.director)
    assert (row.title, row.body, row.author_label, row.is_public) == (TITLE, BODY, "居民 燕**", True)
    assert list(matching(Proposal.objects.readable(), "金丝雀")) == [row]


@pytest.mark.parametrize("state", SECRET_STATES)
def test_the_page_of_what_is_not_public_does_not_exist_for_others(state, cast, client):
    proposal = make.in_state(State(state), cast)
    url = reverse("proposals:detail", args=[proposal.number])
    answers = [client.get(url).status_code]
    for name in ("resident2", "member", "deputy", "unit", "auditor", "editor"):
        client.force_login(cast[name], backend="portal.accounts.backends.ScopedRoleBackend")
        answers.append(client.get(url).status_code)
    assert set(answers) == {404}
    assert not Proposal.objects.visible_to(AnonymousUser()).filter(pk=proposal.pk).exists()
