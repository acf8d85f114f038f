"""Around every request of somebody who is logged in: idle time, two factors, a changed password, the second fact."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from . import kept_text, second_fact
from .selectors import is_staff_member

LAST_SEEN = "last_seen"
FRESH_SECONDS = 60  # one write per minute is exact enough
# the addresses under /admin/ that lead to the one door and out of it
DOORS = ("/admin/login/", "/admin/logout/", "/admin/password_reset/")
# what is not public, though it does not stand under /admin/
INSIDE = ("/trail/full",)
# where a superuser, who passes every guard, goes to set up the second factor
DOORS_OF_ALL = ("/accounts/", "/captcha/", "/assets/", "/static/", "/modes/")
Next = Callable[[HttpRequest], HttpResponse]


def login_address(path: str) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': path})}"


def idle_limit(user: Any) -> int:
    return int(settings.STAFF_IDLE_SECONDS if is_staff_member(user) else settings.RESIDENT_IDLE_SECONDS)


class IdleTimeMiddleware:
    """Ends a session that was not used for a while. What was typed is kept and comes back after log-in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            last_seen = request.session.get(LAST_SEEN, now)
            if now - last_seen > idle_limit(request.user):
                return self._end(request)
            if LAST_SEEN not in request.session or now - last_seen >= FRESH_SECONDS:
                request.session[LAST_SEEN] = now
            if kept_text.is_waiting_for(request):
                return HttpResponseRedirect(reverse("accounts:kept_text"))
        was_visitor = not request.user.is_authenticated
        response = self.get_response(request)
        if was_visitor and request.method == "POST" and _leads_to_login(response, request.get_full_path()):
            kept_text.keep(request, owner="")
            _say_what_was_not_kept(request)
        return response

    def _end(self, request: HttpRequest) -> HttpResponse:
        owner = getattr(request.user, "trail_id", "")
        typed = kept_text.collect(request, owner=owner) if request.method == "POST" else None
        logout(request)
        if typed:
            kept_text.put(request, typed)
        messages.info(request, _("您有一段时间没有操作，为了安全已经退出。重新登录后会回到刚才的页面。"))
        _say_what_was_not_kept(request)
        is_page = request.method in ("GET", "HEAD", "POST")
        return HttpResponseRedirect(login_address(request.get_full_path() if is_page else "/"))


def _say_what_was_not_kept(request: HttpRequest) -> None:
    if kept_text.is_secret(request):
        messages.warning(request, _("无记名的评价不作保留，刚才填的没有交上，请登录后重新填写。"))


def _leads_to_login(response: HttpResponse, path: str) -> bool:
    """Sent to log in and back to this very page; a feature that keeps its own draft sends people elsewhere."""
    location = response.headers.get("Location", "") if response.status_code in (301, 302, 303) else ""
    address, _, query = location.partition("?")
    return address == reverse("account_login") and parse_qs(query).get("next") == [path]


class WayKeptMiddleware:
    """Whoever asks for a door while a code is awaited is led to the code, and allauth forgets where they were going."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        goal = request.GET.get("next", "")
        is_to_code = response.headers.get("Location", "") == reverse("account_confirm_login_code")
        if goal and is_to_code and url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure()):
            response.headers["Location"] += f"?{urlencode({'next': goal})}"
        return response


class AgreementMiddleware:
    """After a change of the rules that needs consent, whoever is logged in reads them first; no post is lost."""

    OPEN = ("/me/agree/", "/me/data/", "/me/cancel/", "/accounts/", "/captcha/", "/modes/", "/corrections/", "/trail/")

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asks = request.method in ("GET", "HEAD") and getattr(request.user, "must_agree_again", False)
        if asks and not request.path_info.startswith(self.OPEN) and self._is_page(request):
            return HttpResponseRedirect(f"{reverse('accounts:agree')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)

    def _is_page(self, request: HttpRequest) -> bool:
        """Not a picture, a feed or a request by a script."""
        return request.headers.get("Sec-Fetch-Dest", "document") == "document"


class StaffDoorMiddleware:
    """/admin/ opens only to staff with two factors, used in this very session, and with a password of their own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            redirect = self._missing_step(request)
            if redirect:
                return HttpResponseRedirect(redirect)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Wagtail would send a resident to log in, and the log-in page straight back: say no instead."""
        if not request.path_info.startswith(settings.STAFF_PATH_PREFIX) or request.path_info.startswith(DOORS):
            return
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied(_("这里是工作人员的后台，您的账号没有进入的权限。"))

    def _missing_step(self, request: HttpRequest) -> str:
        user: Any = request.user
        path = request.path_info
        own_pages = (reverse("account_logout"), reverse("account_change_password"))
        if user.must_change_password and path not in own_pages and not path.startswith("/captcha/"):
            if path.startswith((settings.STAFF_PATH_PREFIX, "/me/")):
                messages.info(request, _("请先把临时密码改成您自己的密码。"))
                return reverse("account_change_password")
            return ""
        if not settings.STAFF_MFA_REQUIRED or not is_staff_member(user):
            return ""  # under /admin/ refused below
        is_enrolled = is_mfa_enabled(user)
        if is_enrolled and _proved_second_factor(request):
            return ""
        is_superuser_at_large = user.is_superuser and not path.startswith(DOORS_OF_ALL)
        if not path.startswith((settings.STAFF_PATH_PREFIX, *INSIDE)) and not is_superuser_at_large:
            user.lacks_second_factor = True  # outside they are residents like anybody
            return ""
        if not is_enrolled:
            messages.info(request, _("工作人员账号须先开启两步验证（手机验证器或通行密钥），才能进入后台。"))
            return reverse("mfa_index")
        messages.info(request, _("两步验证已在别处开启，请重新登录并输入动态码。"))
        logout(request)
        return login_address(path)


def _proved_second_factor(request: HttpRequest) -> bool:
    """A code or key was used in this session, or was set up in it."""
    if request.session.get("mfa_set_up_here"):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class SecondFactMiddleware:
    """Closes the pages with earlier matters until the second fact is given."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and second_fact.is_pending(request):
            confirm = reverse("accounts:second_fact")
            if second_fact.is_guarded(request) and request.path_info != confirm:
                return HttpResponseRedirect(f"{confirm}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)
