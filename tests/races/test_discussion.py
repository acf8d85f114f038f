"""Many hands on one discussion, against the real server with two workers."""

from tests.races.harness import at_once
from tests.servers import Server

PRESSES = 5
READERS = 40


def published_comment(server: Server) -> tuple[int, int]:
    """(thread, comment) by the office, public at once."""
    number = server.published_proposal("路灯讨论")
    return tuple(server.inside("official_comment", NUMBER=number))


def test_helpful_pressed_five_times_by_many_at_once_counts_each_once(server: Server) -> None:
    _thread, comment = published_comment(server)
    clients = []
    for key in server.sessions(READERS):
        client = server.client()
        client.log_in(key)
        client.get(f"/comments/{comment}/reply/")  # a page with a form gives the token
        clients.append(client)
    actions = [
        lambda c=c: c.post(f"/comments/{comment}/helpful/", {"do": "helpful"})  # type: ignore[misc]
        for c in clients
        for _again in range(PRESSES)
    ]
    assert {answer.status for answer in at_once(actions)} == {302}
    [(marks, count)] = server.rows(
        f"SELECT (SELECT count(*) FROM discussion_helpful WHERE comment_id = {comment}),"
        f" (SELECT helpful_count FROM discussion_comment WHERE id = {comment})"
    )
    assert (marks, count) == (READERS, READERS)


def test_parallel_answers_get_ranks_without_gaps_and_the_counters_agree(server: Server) -> None:
    thread, comment = published_comment(server)
    assert server.inside("parallel_answers", COMMENT=str(comment), COUNT="12") == 12
    ranks = server.rows(f"SELECT reply_rank FROM discussion_comment WHERE parent_id = {comment} ORDER BY reply_rank")
    assert [rank for (rank,) in ranks] == list(range(1, 13))
    [(replies, comments)] = server.rows(
        "SELECT (SELECT reply_count FROM discussion_comment WHERE id = "
        f"{comment}), (SELECT comment_count FROM discussion_thread WHERE id = {thread})"
    )
    assert (replies, comments) == (12, 13)
