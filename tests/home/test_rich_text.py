"""What the editor of running text makes of a value that is no text of its own."""

import pytest
from wagtail.admin.rich_text import get_rich_text_editor_widget

from home.adapters.rich_text import ForgivingRichText


@pytest.mark.parametrize("sent", ["zz", "[]", '{"blocks":5}', '<script>"'])
def test_a_broken_value_is_kept_as_plain_words(sent):
    widget = get_rich_text_editor_widget()
    kept = widget.value_from_datadict({"body": sent}, {}, "body")
    assert (type(widget), kept.startswith("<p"), "<script" in kept) == (ForgivingRichText, True, False)
    assert widget.format_value(kept)
