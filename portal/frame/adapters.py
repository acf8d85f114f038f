"""Wagtail's admin without inline scripts, so that its content policy needs no 'unsafe-inline'.

Wagtail starts its date fields, inline panels and choosers from small inline scripts. Here the same call is written as
data (`<script type="application/json" data-start="new PageChooser">[arguments]</script>`), which a policy
need not allow, and `admin-start.js` makes the call. The templates are overridden in templates/wagtailadmin/; choosers
write theirs in Python and are wrapped below. A test renders each and fails when a newer Wagtail brings one back.
"""

import json
import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.chooser import BaseChooser

CALL = re.compile(r"\s*((?:new )?[\w.]+)\((.*)\);?\s*", re.DOTALL)
# "<" must not end the element, as in Django's json_script
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def start_element(call: str, arguments: list[Any]) -> SafeString:
    return format_html(
        '<script type="application/json" data-start="{}">{}</script>',
        call,
        mark_safe(json.dumps(arguments).translate(ESCAPES)),  # noqa: S308 - escaped for this place just now
    )


def label_what_wagtail_leaves_in_english() -> None:
    """A few labels are made from names in the code and pass no catalogue."""
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.sites.views import IndexView
    from wagtail.users.forms import PagePermissionsForm

    labels = {"port": _("端口"), "site_name": _("站点名称"), "root_page": _("首页")}
    for column in IndexView.columns:
        column.label = labels.get(column.name, column.label)
    for form in (PagePermissionsForm, WorkflowPageForm):
        form.base_fields["page"].label = _("页面")


def start_choosers_without_inline_scripts() -> None:
    def render(self: BaseChooser, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        value_data = self.get_value_data(value)
        html = self.render_html(name, value_data, attrs)
        parts = CALL.fullmatch(self.render_js_init(attrs["id"], name, value_data))
        if parts is None:  # a chooser of another kind: its own way is refused by the policy and seen in the console
            raise TypeError(f"{type(self).__name__}.render_js_init() is not a single call")
        call, arguments = parts.groups()
        return mark_safe(html + start_element(call, json.loads(f"[{arguments}]")))  # noqa: S308 - Wagtail's own template

    BaseChooser.render = render
