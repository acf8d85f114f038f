"""/_gallery/: every component in every state, and the lines that make it. Only where DEBUG is on.

Each example is a file of templates/frame/gallery/; what is shown and the code beside it are the same text.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils import timezone

from ..fields import CodeField, CountedCharField, PhoneField
from ..icons import PATHS
from ..paging import Page
from . import errors


class GalleryForm(forms.Form):
    """One field of each kind."""

    title = CountedCharField(label="标题", count_limit=25, required=False, help_text="一句话说清是什么事，可以不填")
    body = CountedCharField(
        label="您的建议", count_limit=2000, widget=forms.Textarea, help_text="在哪里、什么问题、希望怎么解决"
    )
    category = forms.ChoiceField(
        label="属于哪一类",
        choices=[("road", "道路交通"), ("lift", "加装电梯"), ("unknown", "不清楚")],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(label="所在社区", choices=[("", "请选择"), ("1", "东风社区"), ("2", "湘涟社区")])
    phone = PhoneField(label="手机号码", help_text="只用来联系您，不会公开")
    code = CodeField(label="查询码")
    photos = forms.FileField(label="照片", required=False, help_text="最多9张，会自动去掉拍摄地点信息")
    channels = forms.MultipleChoiceField(
        label="怎么通知您",
        choices=[("site", "站内消息"), ("phone", "电话")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="我已满14周岁，同意按隐私说明处理我填写的信息")


EXAMPLES = {
    "button": "按钮",
    "button-busy": "按钮：正在提交、还要等",
    "chip": "状态",
    "clock_chip": "时限",
    "step_bar": "办理进度",
    "timeline": "时间线",
    "notice": "提示",
    "card": "卡片",
    "card-long": "卡片：四十字不断行的名字、三千字的正文",
    "pagination": "翻页",
    "figures": "数字",
    "table": "表格",
    "empty": "没有内容",
    "loading": "正在查找",
    "summary_list": "核对",
    "filters": "筛选",
    "form": "表单",
    "confirmation": "已收到",
    "prose": "正文",
    "rare": "生僻字",
    "small": "小件",
}
LONG_NAME = "欧阳司徒令狐慕容上官诸葛东方南宫西门公孙轩辕皇甫尉迟澹台宇文长孙司空独孤拓跋完颜"
LONG_BODY = "三单元住着六位七十岁以上的老人，上下楼很不方便，希望尽快启动加装电梯的意见征询。" * 75
FOLDER = "frame/gallery"


def _examples(request: HttpRequest, context: dict[str, Any]) -> list[dict[str, str]]:
    folder = settings.BASE_DIR / "templates" / FOLDER
    made = []
    for key, title in EXAMPLES.items():
        source = folder.joinpath(f"{key}.html").read_text(encoding="utf-8")
        shown = engines["django"].from_string("{% load i18n frame %}" + source).render(context, request)
        made.append({"key": key, "title": title, "source": source.strip(), "shown": shown})
    return made


def components(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    broken = {"title": "一" * 30, "phone": "123", "code": "12 34"}
    context = {
        "form": GalleryForm(broken) if "errors" in request.GET else GalleryForm(),
        "steps": [
            {"label": "受理", "state": "done", "note": "3月2日"},
            {"label": "交办", "state": "done", "note": "3月4日"},
            {"label": "办理中", "state": "current", "note": "还剩12天"},
            {"label": "答复", "state": "todo"},
            {"label": "评价", "state": "todo"},
        ],
        "stopped_steps": [
            {"label": "收到", "state": "done", "note": "3月2日"},
            {"label": "审核", "state": "stopped", "note": "不采纳"},
        ],
        "entries": [
            {
                "when": now,
                "title": "住建局答复",
                "actor": "住建局",
                "kind": "official",
                "body": "已完成现场踏勘，方案公示后开工。",
            },
            {
                "when": now - datetime.timedelta(days=3),
                "title": "延期一个月",
                "kind": "due",
                "body": "原因：管线迁改需与供水单位会商。",
            },
            {"when": now - datetime.timedelta(days=9), "title": "交办", "actor": "议事会秘书处", "kind": "ok"},
            {"when": now - datetime.timedelta(days=12), "title": "收到建议"},
        ],
        "page": Page(items=[1], next="n", previous="p"),
        "rows": [
            {"label": "标题", "value": "老旧小区加装电梯的建议", "url": "#"},
            {"label": "正文", "value": "三单元住着六位七十岁以上的老人，\n上下楼很不方便。", "url": "#"},
            {"label": "照片", "value": "", "url": "#"},
            {"label": "手机号码", "value": "138****5678", "note": "不公开", "url": "#"},
        ],
        "table_rows": [["东风社区", "28", "26", "92.9%"], ["湘涟社区", "17", "17", "100.0%"]],
        "columns": ["社区", ("收到", "number"), ("按期办结", "number"), ("按期率", "number")],
        "figures": [
            {"label": "收到", "value": "128", "unit": "件", "note": "2026年1月1日起"},
            {"label": "办结", "value": "103", "unit": "件", "note": "共128件"},
            {"label": "满意", "value": "91.3", "unit": "%", "note": "69件评价中63件"},
        ],
        "kinds": ["plain", "active", "ok", "done", "due", "late", "official", "paused", "closed"],
        "icons": sorted(PATHS),
        "now": now,
        "long_name": LONG_NAME,
        "long_word": LONG_NAME[:18],
        "long_meta": f"JY-430381001-2026-000123 · 居民 {LONG_NAME} · {'W' * 60}",
        "long_body": LONG_BODY,
        "rare_rows": [
            {"label": "姓名", "value": "𠮷𫚖·㮾"},
            {"label": "街道", "value": "㮾梨街道", "note": "U+3BBE，不在 GBK 里", "url": "#"},
            {"label": "长的", "value": LONG_NAME * 2, "url": "#"},
        ],
    }
    context |= {"examples": _examples(request, context), "error_pages": list(ERROR_PAGES)}
    return render(request, "frame/gallery.html", context)


ERROR_PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": errors.bad_request,
    "403": errors.permission_denied,
    "404": errors.page_not_found,
    "csrf": errors.csrf_failure,
    "500": errors.server_error,
    "503": errors.unavailable,
}


def error(request: HttpRequest, name: str) -> HttpResponse:
    """Each error page as a visitor would see it."""
    if name not in ERROR_PAGES:
        raise Http404
    return ERROR_PAGES[name](request)
