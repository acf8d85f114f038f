"""/m/<token>/: what a scanned code opens. Words first, the phone's code last; nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation.moderation.rules import Refused
from portal.accounts.rules import masked_phone
from portal.idempotency.models import Done
from portal.jurisdictions.selectors import term
from portal.lookup.services import grant_sight

from .. import services
from ..forms import CodeForm, MessageForm
from ..models import DeputyQrCode, MessageDraft
from ..selectors import code_by_token, main_station_of, valid_code_of

SESSION_KEY = "message_drafts"
KEPT_KEYS = 5


def _may_write(code: DeputyQrCode) -> bool:
    return code.is_valid and (code.deputy is None or code.deputy.is_in_office)


def _code_or_gone(request: HttpRequest, token: str) -> tuple[DeputyQrCode | None, HttpResponse | None]:
    code = code_by_token(token)
    if code is None:
        raise Http404
    if _may_write(code):
        return code, None
    # whoever scans a poster from last year is led on, not turned away
    context = {"code": code, "newer": valid_code_of(station=code.station, deputy=code.deputy)}
    if context["newer"] is not None and not _may_write(context["newer"]):
        context["newer"] = None
    own = code.station if code.station is not None and code.station.live else None
    context["station"] = own or main_station_of(code.division)
    return None, render(request, "deputy_messages/code_gone.html", context, status=410)


def _needs_phone(request: HttpRequest) -> bool:
    return not (request.user.is_authenticated and getattr(request.user, "is_verified", False))


def _remembered(request: HttpRequest) -> list[str]:
    kept = request.session.get(SESSION_KEY, [])
    return [str(key) for key in kept] if isinstance(kept, list) else []


def _remember(request: HttpRequest, key: str) -> None:
    keys = [key, *(one for one in _remembered(request) if one != key)][:KEPT_KEYS]
    request.session[SESSION_KEY] = keys


def _own_draft(request: HttpRequest, code: DeputyQrCode, key: str) -> MessageDraft | None:
    if key not in _remembered(request):
        return None
    return MessageDraft.objects.filter(key=key, code=code).select_related("code").first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, token: str) -> HttpResponse:
    code, gone = _code_or_gone(request, token)
    if code is None:
        return gone  # type: ignore[return-value]  # one of the two
    needs_phone = _needs_phone(request)
    context = {"code": code, "needs_phone": needs_phone, "days": term(code.division, "message_answer_days")}
    if request.method != "POST":
        form = MessageForm(request=request, needs_phone=needs_phone, initial=_typed_before(request, code))
        return render(request, "deputy_messages/message_new.html", {**context, "form": form})
    form = MessageForm(request.POST, request=request, needs_phone=needs_phone)
    if not form.is_valid():
        return render(request, "deputy_messages/message_new.html", {**context, "form": form}, status=422)
    return _handed_in(request, code, form, context)


def _typed_before(request: HttpRequest, code: DeputyQrCode) -> dict[str, Any]:
    """`?draft=`: back from the code's page to mend something."""
    key = request.GET.get("draft", "")
    draft = _own_draft(request, code, key) if key else None
    return {**services.draft_content(draft), "form_key": draft.key} if draft else {}


def _handed_in(request: HttpRequest, code: DeputyQrCode, form: MessageForm, context: dict[str, Any]) -> HttpResponse:
    cleaned = form.cleaned_data
    key, words = cleaned["form_key"], {"body": cleaned["body"], "name": cleaned["name"]}
    try:
        if not context["needs_phone"]:
            number = services.leave_message(code=code, form_key=key, sender=request.user, **words)
            grant_sight(request=request, number=number)
            return redirect("messages:submitted", number)
        if number := _done(request, key):
            return redirect("messages:submitted", number)
        if MessageDraft.objects.filter(key=key).exists() and key not in _remembered(request):
            raise Refused(_("页面已过期，请刷新后再试。"))
        draft = services.keep_draft(code=code, key=key, content={**words, "phone": cleaned["phone"]})
        _remember(request, key)
        _send(request, draft)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return render(request, "deputy_messages/message_new.html", {**context, "form": form}, status=422)
    return redirect("messages:code", token=code.token, key=key)


def _done(request: HttpRequest, key: str) -> str:
    """The number that this browser's form got before: back and sent again."""
    if key not in _remembered(request):
        return ""
    return str(Done.objects.filter(scope="messages.leave", key=key).values_list("result", flat=True).first() or "")


def _send(request: HttpRequest, draft: MessageDraft) -> None:
    """A code leaves once; a reload does not send another."""
    draft.refresh_from_db()
    if draft.sent_at is not None:
        return
    try:
        services.send_phone_code(draft=draft)
    except services.CodeNotSent as problem:
        messages.error(request, str(problem))
    except Refused as refusal:
        messages.error(request, refusal.message)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """The last step: six digits from the text message."""
    code, gone = _code_or_gone(request, token)
    if code is None:
        return gone  # type: ignore[return-value]  # one of the two
    if number := _done(request, key):
        grant_sight(request=request, number=number)
        return redirect("messages:submitted", number)
    draft = _own_draft(request, code, key)
    if draft is None:
        if number := _done(request, key):  # handed in by a parallel press since the look above
            grant_sight(request=request, number=number)
            return redirect("messages:submitted", number)
        messages.info(request, _("这条留言已经提交，或者放置超过一天。需要的话请重新写。"))
        return redirect("messages:new", token=code.token)
    content = services.draft_content(draft)
    context = {"code": code, "draft": draft, "body": content["body"], "phone": masked_phone(content["phone"])}
    if request.method == "POST" and "again" in request.POST:
        try:
            services.send_phone_code(draft=draft)
            messages.success(request, _("验证码已重新发送。"))
        except (Refused, services.CodeNotSent) as problem:
            messages.error(request, str(problem))
        return redirect("messages:code", token=code.token, key=key)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            number = services.prove_phone(draft=draft, typed=form.cleaned_data["code"])
        except services.WrongCode as wrong:
            form.add_error("code", str(wrong))
        except MessageDraft.DoesNotExist:  # a parallel press was faster
            return redirect("messages:code", token=code.token, key=key)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            grant_sight(request=request, number=number)
            return redirect("messages:submitted", number)
    return render(
        request, "deputy_messages/message_code.html", {**context, "form": form}, status=422 if form.errors else 200
    )
