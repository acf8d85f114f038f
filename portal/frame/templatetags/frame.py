"""{% load frame %}: the components every page is made of. docs/frame.md shows each with an example."""

import datetime
import json
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .. import assets
from ..adapters import start_element
from ..icons import PATHS
from ..renderers import error_texts
from ..structured import breadcrumb_list, canonical_address, json_ld_element

register = template.Library()

# kind of a chip → its sign; the word is always beside it
CHIP_SIGNS = {
    "ok": "check",
    "due": "clock",
    "late": "alert",
    "done": "check",
    "active": "half",
    "official": "disc",
    "paused": "pause",
    "closed": "close",
    "plain": "circle",
}
STEP_SIGNS = {"done": "check", "current": "half", "todo": "circle", "stopped": "close"}


register.simple_tag(assets.stylesheet_url)
register.simple_tag(assets.script_url)


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """A decorative icon; the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        "{1}</svg>",
        size,
        mark_safe(PATHS[name]),  # noqa: S308 - our own constant
    )


# --- Forms ----------------------------------------------------------------------------------------------------
def _broken_forms(context: template.Context) -> list[BaseForm]:
    """Bound forms with errors anywhere in the context; formsets give theirs."""
    found: list[BaseForm] = []
    for layer in context.dicts:
        for value in layer.values():
            # type(), not isinstance(): the latter wakes lazy values, and the CSRF token would set its cookie
            kind = type(value)
            members = [value] if issubclass(kind, BaseForm) else list(value) if issubclass(kind, BaseFormSet) else []
            found += [form for form in members if form.is_bound and form.errors and form not in found]
    return found


@register.simple_tag(takes_context=True)
def title_prefix(context: template.Context) -> str:
    """ "错误：" at the start of the title when a form on the page was refused."""
    return _("错误：") if _broken_forms(context) else ""


FORGOTTEN = ("password", "file")  # no browser fills these in again


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong, in the order of the fields, each linked to its field; nothing when there is no error."""
    lines: list[dict[str, str]] = []
    forgets = False
    for form in forms:
        if not (isinstance(form, BaseForm) and form.is_bound):
            continue
        lines += [{"target": "", "message": str(message)} for message in form.non_field_errors()]
        for field in form:
            lines += [{"target": _focus_id(field), "message": _with_name(field, text)} for text in error_texts(field)]
            forgets |= getattr(field.field.widget, "input_type", "") in FORGOTTEN
    return {"lines": lines, "forgets": forgets}


def _with_name(field: BoundField, message: str) -> str:
    """A count alone does not say which text is too long, so far from its field."""
    if not (field.field.label and field.form.has_error(field.name, "too_long")):
        return message
    return _("“%(label)s”%(message)s") % {"label": field.field.label, "message": message}


def _focus_id(field: BoundField) -> str:
    """The id that can take the focus: the first choice of a group, the first part of a multi-part field."""
    if field.is_hidden:
        return ""
    if field.use_fieldset:
        parts = field.subwidgets
        return (parts[0].id_for_label if parts else "") or f"{field.auto_id}_0"
    return field.id_for_label


@register.inclusion_tag("components/field.html", name="field")
def field_tag(
    field: BoundField, label: str = "", hint: str = "", heading: bool = False, hide_optional: bool = False
) -> dict[str, Any]:
    """One field: label, hint, error, widget, count. `heading` makes the label the page's h1 (one question a page)."""
    return {
        "field": field,
        "label_text": label,
        "hint_text": hint,
        "is_heading": heading,
        "hide_optional": hide_optional,
    }


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    variant: str = "primary",
    type: str = "submit",
    name: str = "",
    value: str = "",
    icon: str = "",
    form: str = "",
    describe: str = "",
) -> dict[str, Any]:
    """variant: primary (one per page), secondary, quiet, warning. `describe` is read out after the label."""
    return locals()


@register.inclusion_tag("components/link_button.html")
def link_button(label: str, url: str, variant: str = "primary", icon: str = "", describe: str = "") -> dict[str, Any]:
    return locals()


@register.simple_block_tag(takes_context=True)
def filters(context: template.Context, content: str, title: str = "", is_open: bool = False) -> SafeString:
    """A GET form of filters, folded on a phone. Put fields inside; the submit button comes with it."""
    return _block(
        "components/filters.html", content, title=title or _("筛选"), is_open=is_open, request=context.get("request")
    )


# --- Pieces of a page -----------------------------------------------------------------------------------------
def _block(name: str, content: str, **values: Any) -> SafeString:
    return mark_safe(render_to_string(name, {"content": content, **values}))  # noqa: S308 - a rendered template


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", meta: str = "", level: int = 2, kind: str = "") -> SafeString:
    """One matter in a list: title as a link, a line of facts, then whatever stands inside."""
    return _block("components/card.html", content, title=title, url=url, meta=meta, level=level, kind=kind)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """kind: info, ok, due, late, official."""
    return _block("components/notice.html", content, kind=kind, title=title)


@register.simple_block_tag
def empty(content: str, title: str = "", level: int = 2) -> SafeString:
    """Says what will be here; inside stands what one can do now."""
    return _block("components/empty.html", content, title=title, level=level)


@register.simple_block_tag
def confirmation(content: str, title: str, label: str = "", number: str = "") -> SafeString:
    """The panel after a submission: title, the number in large type, and lines inside."""
    return _block("components/confirmation.html", content, title=title, label=label, number=number)


@register.inclusion_tag("components/chip.html")
def chip(word: str, kind: str = "plain", note: str = "") -> dict[str, Any]:
    """A state: colour, sign and word. kind: ok due late done active official paused closed plain."""
    return {
        "word": word,
        "kind": kind if kind in CHIP_SIGNS else "plain",
        "sign": CHIP_SIGNS.get(kind, "circle"),
        "note": note,
    }


@register.inclusion_tag("components/clock_chip.html")
def clock_chip(state: str, days: int = 0, why: str = "", is_provisional: bool = False) -> dict[str, Any]:
    """还剩 12 天, 今天到期, 已超期 3 天, 按期办结, 暂停计时. state: running due late done done_late paused."""
    words = {
        "running": ("due" if days <= 3 else "active", _("还剩 %(days)d 天")),
        "due": ("due", _("今天到期") if days == 0 else _("还剩 %(days)d 天")),
        "late": ("late", _("已超期 %(days)d 天")),
        "done": ("ok", _("按期办结")),
        "done_late": ("late", _("逾期办结")),
        "paused": ("paused", _("暂停计时")),
    }
    kind, word = words[state]
    if state == "running" and days == 0:
        kind, word = "due", _("今天到期")
    return {
        "word": word % {"days": days} if "%" in word else word,
        "kind": kind,
        "sign": CHIP_SIGNS[kind],
        "why": why,
        "is_provisional": is_provisional,
    }


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Any, level: int = 3) -> dict[str, Any]:
    """entries: objects or dicts with when, title and optionally actor, body, kind (ok, due, late, official)."""
    return {"entries": entries, "level": level}


@register.inclusion_tag("components/step_bar.html")
def step_bar(steps: Any, label: str = "") -> dict[str, Any]:
    """steps: dicts or objects with label, state (done, current, todo, stopped) and optionally note (a date)."""
    named = []
    for step in steps:
        read = step.get if isinstance(step, dict) else lambda key, default="", step=step: getattr(step, key, default)
        state = read("state", "todo")
        named.append(
            {
                "label": read("label", ""),
                "note": read("note", ""),
                "state": state,
                "sign": STEP_SIGNS[state],
                "word": {"done": _("已完成"), "current": _("进行中"), "todo": _("未开始"), "stopped": _("已终止")}[
                    state
                ],
            }
        )
    return {"steps": named, "label": label or _("办理进度")}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any, label: str = "") -> dict[str, Any]:
    """上一页/下一页 for a portal.frame.paging.Page; keeps the other query parameters."""
    request = context.get("request")
    return {"page": page, "label": label or _("翻页"), "query": request.GET if request else QueryDict()}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Any) -> dict[str, Any]:
    """rows: dicts with label, value, and optionally url (修改), note. An empty value reads 未填写."""
    return {"rows": rows}


@register.inclusion_tag("components/table.html")
def table(columns: Any, rows: Any, caption: str = "", hide_caption: bool = False) -> dict[str, Any]:
    """A table that becomes a list on a phone. columns: labels, or (label, "number"); rows: sequences of cells."""
    heads = [
        {"label": column[0], "kind": column[1]} if isinstance(column, tuple | list) else {"label": column, "kind": ""}
        for column in columns
    ]
    return {
        "heads": heads,
        "rows": [list(zip(heads, row, strict=True)) for row in rows],
        "caption": caption,
        "hide_caption": hide_caption,
    }


@register.inclusion_tag("components/figures.html")
def figures(items: Any) -> dict[str, Any]:
    """Numbers set large, the denominator small beneath: dicts with value, label and optionally note, unit, url."""
    return {"items": items}


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: template.Context, *pairs: str) -> dict[str, Any]:
    """{% breadcrumbs "建议" list_url "标题" "" %}: label and address in turn; the last has none.

    Programs read the same links as JSON-LD.
    """
    links = [(str(pairs[i]), str(pairs[i + 1])) for i in range(0, len(pairs) - 1, 2)]
    request = context.get("request")
    data = ""
    if request is not None:
        here = canonical_address(request)
        whole = [(label, request.build_absolute_uri(url) if url else here) for label, url in links]
        data = json_ld_element(breadcrumb_list([(_("首页"), request.build_absolute_uri("/")), *whole]))
    return {"links": [{"label": label, "url": url} for label, url in links], "data": data}


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, label: str = "") -> dict[str, Any]:
    return {"url": url, "label": label or _("返回")}


@register.inclusion_tag("components/copy_text.html")
def copy_text(text: str, label: str = "") -> dict[str, Any]:
    """The text, and with scripts a button that copies it."""
    return {"text": text, "label": label or _("复制")}


@register.inclusion_tag("components/print_button.html")
def print_button(label: str = "") -> dict[str, Any]:
    return {"label": label or _("打印本页")}


# --- Dates ----------------------------------------------------------------------------------------------------
def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime.datetime) and timezone.is_aware(value) else value


@register.filter
def cn_date(value: datetime.date | None) -> str:
    """2026年3月10日: Arabic digits, full year, no leading zero."""
    value = _local(value)
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def cn_weekday(value: datetime.date | None) -> str:
    value = _local(value)
    return "星期" + "一二三四五六日"[value.weekday()] if value else ""


@register.filter
def cn_datetime(value: datetime.datetime | None) -> str:
    """2026年3月10日 9:05, 24 hours, Shanghai time."""
    value = _local(value)
    return f"{cn_date(value)} {value.hour}:{value.minute:02d}" if value else ""


@register.simple_tag
def date_element(value: datetime.date | None, with_time: bool = False) -> SafeString:
    """<time datetime="2026-03-10">2026年3月10日</time>."""
    if not value:
        return SafeString("")
    local = _local(value)
    words = cn_datetime(local) if with_time else cn_date(local)
    machine = local.isoformat(timespec="minutes") if with_time else f"{local:%Y-%m-%d}"
    return format_html('<time datetime="{}">{}</time>', machine, words)


# --- Wagtail's admin ------------------------------------------------------------------------------------------
@register.simple_tag
def admin_start(call: str, *arguments: str) -> SafeString:
    """The data element that admin-start.js turns into a call; an argument that is JSON is passed as its value."""

    def value_of(argument: str) -> Any:
        return json.loads(argument) if argument.startswith(("{", "[")) else argument

    return start_element(call, [value_of(argument) for argument in arguments])
