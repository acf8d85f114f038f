"""/_gallery/: every component in every state, for looking at. Only where DEBUG is on."""

import datetime
from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..fields import CodeField, CountedCharField, PhoneField
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
        "kinds": ["plain", "active", "ok", "due", "late", "official", "paused", "closed"],
    }
    return render(request, "frame/gallery.html", context)


def error(request: HttpRequest, name: str) -> HttpResponse:
    """Each error page as a visitor would see it."""
    pages: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "400": errors.bad_request,
        "403": errors.permission_denied,
        "404": errors.page_not_found,
        "csrf": errors.csrf_failure,
        "500": errors.server_error,
        "503": errors.unavailable,
    }
    if name not in pages:
        raise Http404
    return pages[name](request)
