"""Pieces of the doors, and notes about the person who is logged in."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.jurisdictions.selectors import site_profile

from ..selectors import is_staff_member

register = template.Library()


def _phone_sentence() -> str:
    """How to reach a person, when the site has a phone."""
    profile = site_profile()
    phone = profile.main_phone if profile else None
    if phone is None:
        return ""
    words = _("请打电话：")
    return format_html('{}{} <a href="tel:{}">{}</a>', words, phone.label, phone.dial, phone.number)


@register.simple_tag
def station_phone() -> str:
    return _phone_sentence()


@register.simple_tag
def no_door_notice() -> SafeString:
    """Neither text messages nor mail are set up: say so, and who helps."""
    return format_html(
        '<div class="notice notice--info"><div class="notice__body"><p>{} {}</p></div></div>',
        _("本站还没有开通短信和邮件，不能用验证码登录或注册。工作人员可以在联络站窗口为您登记，也可以代您填写建议。"),
        _phone_sentence(),
    )


@register.simple_tag
def demo_door_note() -> str:
    """Where the codes are, in the demo and in `make serve`."""
    if not getattr(settings, "DEMO_CHANNELS", False):
        return ""
    return format_html(
        '<div class="notice notice--due"><div class="notice__body"><p>{}</p></div></div>',
        _("演示环境：验证码不会真的发出，短信写在 var/sms.log，邮件写在 var/mail/。用户名和密码见启动窗口。")
        if settings.DEMO
        else _("本机运行：验证码不会真的发出，短信写在 var/sms.log，邮件写在 var/mail/。"),
    )


@register.simple_tag(takes_context=True)
def staff_note(context: dict[str, Any]) -> str:
    """For staff: the way to the admin, and a banner where two factors are switched off."""
    request: HttpRequest = context["request"]
    if not is_staff_member(request.user):
        return ""
    door = format_html('<p><a class="button button--secondary" href="/admin/">{}</a></p>', _("进入工作后台"))
    if settings.STAFF_MFA_REQUIRED:
        return door
    banner = format_html(
        '<div class="notice notice--due"><div class="notice__body"><p>{}</p></div></div>',
        _("演示环境没有要求两步验证。正式使用必须开启（STAFF_MFA_REQUIRED）。"),
    )
    return door + banner


# the first sign found names it; Edge and WeChat also call themselves Chrome, Chrome also calls itself Safari
BROWSERS = (
    ("MicroMessenger", _lazy("微信")),
    ("Edg", "Edge"),
    ("HuaweiBrowser", _lazy("华为浏览器")),
    ("MiuiBrowser", _lazy("小米浏览器")),
    ("QQBrowser", _lazy("QQ浏览器")),
    ("UCBrowser", _lazy("UC浏览器")),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@register.filter
def device_words(user_agent: str) -> str:
    """手机 · 微信: what a browser says of itself, in words for people."""
    is_phone = any(sign in user_agent for sign in ("Mobile", "Android", "iPhone", "iPad", "HarmonyOS"))
    device = _("手机或平板") if is_phone else _("电脑")
    browser = next((name for sign, name in BROWSERS if sign in user_agent), _("其他浏览器"))
    return f"{device} · {browser}"


@register.filter
def inline_svg(svg: str, title: str) -> SafeString:
    """A drawing made by our own library, put into the page: images from `data:` are not allowed here."""
    start = svg.find("<svg")
    drawing = svg[start:].replace("<svg", f'<svg role="img" aria-label="{strip_tags(title)}"', 1)
    return mark_safe(drawing)  # noqa: S308 - drawn by the QR library from our own address
