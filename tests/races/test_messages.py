"""A visitor presses the last button ten times at once: one message, the same number in every answer."""

import time

from tests.races.harness import at_once
from tests.servers import Server

PRESSES = 10


def test_the_right_code_pressed_at_once_hands_in_one_message(server: Server) -> None:
    token = str(server.inside("make_message_code")).split()[0]
    visitor = server.client()
    page = visitor.get(f"/m/{token}/")
    time.sleep(2.1)  # nobody writes faster (GATE_FORM_SECONDS)
    words = {"body": "十次按下同一个按钮，只应当有一条留言。", "name": "", "phone": "13800000066"}
    sent = visitor.post(f"/m/{token}/", visitor.fields(page, 'name="body"') | words)
    assert sent.status == 302
    step = sent.headers["Location"]
    assert visitor.get(step).status == 200
    code = server.codes()[-1]
    before = server.rows("SELECT count(*) FROM deputy_messages_deputymessage")[0][0]

    clients = [visitor.twin() for _press in range(PRESSES)]
    answers = at_once([lambda c=c: c.post(step, {"code": code}) for c in clients])  # type: ignore[misc]  # a lambda that keeps its own client

    assert {answer.status for answer in answers} == {302}
    led = {c.get(answer.headers["Location"]).url for c, answer in zip(clients, answers, strict=True)}
    assert len(led) == 1
    assert server.rows("SELECT count(*) FROM deputy_messages_deputymessage")[0][0] == before + 1
