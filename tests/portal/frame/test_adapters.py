"""Wagtail starts its widgets from data, not from inline scripts; a newer one that brings them back fails here."""

import json
import re
from pathlib import Path

import pytest
import wagtail
from django.forms import renderers
from wagtail.admin.widgets import (
    AdminDateInput,
    AdminDateTimeInput,
    AdminPageChooser,
    AdminTimeInput,
)
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from portal.frame.adapters import start_element

INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>")
START = re.compile(r'<script type="application/json" data-start="([^"]+)">(.*?)</script>', re.DOTALL)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("widget", "call"),
    [
        (AdminDateInput, "initDateChooser"),
        (AdminTimeInput, "initTimeChooser"),
        (AdminDateTimeInput, "initDateTimeChooser"),
        (AdminPageChooser, "new PageChooser"),
        (AdminImageChooser, "new ImageChooser"),
        (AdminDocumentChooser, "new DocumentChooser"),
        (AdminTaskChooser, "createTaskChooser"),
    ],
)
def test_a_widget_is_started_by_data_with_its_own_id_first(widget: type, call: str) -> None:
    html = widget().render("when", None, {"id": "id_when"}, renderers.get_default_renderer())
    assert INLINE.findall(html) == []
    [(found, arguments)] = START.findall(html)
    assert found == call
    assert json.loads(arguments)[0] == "id_when"


def test_arguments_cannot_end_the_element() -> None:
    html = start_element('new "X"', ["</script><script>alert(1)</script>"])
    assert html.count("<script") == 1
    assert json.loads(re.search(r">(.*)</script>$", html)[1]) == ["</script><script>alert(1)</script>"]


def test_wagtail_brings_no_inline_script_that_we_do_not_know() -> None:
    templates = Path(wagtail.__file__).parent
    found = {
        path.relative_to(templates).as_posix()
        for path in templates.rglob("templates/**/*.html")
        if "test" not in path.parts and INLINE.search(path.read_text())
    }
    assert found == {
        "admin/templates/wagtailadmin/panels/inline_panel.html",
        "admin/templates/wagtailadmin/panels/multiple_chooser_panel.html",
        "admin/templates/wagtailadmin/widgets/date_input.html",
        "admin/templates/wagtailadmin/widgets/datetime_input.html",
        "admin/templates/wagtailadmin/widgets/time_input.html",
        # an app that we do not install
        "contrib/search_promotions/templates/wagtailsearchpromotions/add.html",
        "contrib/search_promotions/templates/wagtailsearchpromotions/edit.html",
    }
