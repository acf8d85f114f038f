"""An address that even the server refuses to read is answered with a page of ours (docs/frame.md)."""

import pytest

from tests.servers import Server


@pytest.mark.parametrize("characters", [500, 2000, 20_000])
def test_a_pasted_text_in_the_search_field_is_told_in_chinese(server: Server, characters: int) -> None:
    answer = server.client().request("GET", "/proposals/?q=" + "%E8%B7%AF" * characters)
    assert (answer.status, "<h1>查找的内容太长了</h1>" in answer.text) == (414, True)
