"""/setup/: six short pages on an empty install, nothing once it is done. Answers wait in the session until the last."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.jurisdictions.forms import DivisionUploadForm
from portal.jurisdictions.imports import SEED, import_parsed, parse_divisions
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code, divisions_matching, full_name, full_names
from portal.jurisdictions.services.divisions import import_divisions
from portal.jurisdictions.terms.presets import PRESETS

from .forms import PRESET_LATER, AccountForm, SiteForm, TermsForm, TokenForm
from .selectors import finished_by, is_installed
from .services import SetupAnswers, SetupRefused, finish_setup, grant_is_good, grant_of

STEPS = {
    "account": gettext_lazy("管理员"),
    "division": gettext_lazy("区划"),
    "terms": gettext_lazy("口径"),
    "site": gettext_lazy("谁在办"),
    "check": gettext_lazy("核对"),
}
View = Callable[[HttpRequest], HttpResponse]


def _while_empty(view: View) -> View:
    @wraps(view)
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def guarded(request: HttpRequest) -> HttpResponse:
        if is_installed():
            return _afterwards(request)
        return view(request)

    return guarded


def _afterwards(request: HttpRequest) -> HttpResponse:
    """Who pressed twice sees the end once more, whose answers came second hears so; for all others nothing is here."""
    answers = _answers(request)
    if not answers:
        raise Http404
    username = answers.get("finished", "") or finished_by(answers.get("account", {}))
    return render(request, "setup/done.html", {"username": username}, status=200 if username else 409)


def _with_token(view: View) -> View:
    """Behind the token, and only with every earlier page answered."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not grant_is_good(_answers(request).get("grant", "")):
            return redirect("setup:token")
        order = list(STEPS)
        for earlier in order[: order.index(view.__name__)]:
            if earlier not in _answers(request):
                return redirect(f"setup:{earlier}")
        return view(request)

    return _while_empty(guarded)


def _answers(request: HttpRequest) -> dict[str, Any]:
    answers: dict[str, Any] = request.session.get("setup", {})
    return answers


def _keep(request: HttpRequest, step: str, value: Any) -> HttpResponse:
    """Stores one page's answer and goes on: to the next page, or back to the check page when that was reached."""
    answers = {**_answers(request), step: value}
    request.session["setup"] = answers
    order = list(STEPS)
    following = next((name for name in order if name not in answers), "check")
    return redirect(f"setup:{following}")


def _page(request: HttpRequest, step: str, **context: Any) -> HttpResponse:
    order = list(STEPS)
    here = order.index(step)
    states = ["done" if at < here else "current" if at == here else "todo" for at in range(len(order))]
    steps = [{"label": STEPS[name], "state": state} for name, state in zip(order, states, strict=True)]
    earlier = reverse(f"setup:{order[here - 1]}") if here else ""
    return render(request, f"setup/{step}.html", {"steps": steps, "title": STEPS[step], "earlier": earlier, **context})


@_while_empty
def token(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST or None)
    if form.is_valid():
        if grant := grant_of(form.cleaned_data["token"]):
            request.session.cycle_key()
            request.session["setup"] = {"grant": grant}
            _load_seed_into_empty_tree()
            return redirect("setup:account")
        form.add_error("token", _("口令不对。请看启动时终端里打印的口令，或运行 manage.py setup_token 取一个新的。"))
    return render(request, "setup/token.html", {"form": form})


def _load_seed_into_empty_tree() -> None:
    if not Division.objects.exists():
        with SEED.open("rb") as source:
            import_divisions(rows=parse_divisions(source).rows)


@_with_token
def account(request: HttpRequest) -> HttpResponse:
    kept = _answers(request).get("account", {})
    form = AccountForm(request.POST or None, initial={key: kept.get(key) for key in ("username", "email")})
    if form.is_valid():
        # only the hash rests in the session
        password = make_password(form.cleaned_data["password"])
        value = {"username": form.cleaned_data["username"], "email": form.cleaned_data["email"], "password": password}
        return _keep(request, "account", value)
    return _page(request, "account", form=form)


@_with_token
def division(request: HttpRequest) -> HttpResponse:
    upload = DivisionUploadForm()
    error, imported = "", None
    if request.method == "POST" and "upload" in request.POST:
        upload = DivisionUploadForm(request.POST, request.FILES)
        if upload.is_valid():
            parsed = parse_divisions(upload.cleaned_data["file"])
            imported, errors = import_parsed(parsed)
            for each in errors[:20]:
                upload.add_error("file", str(each))
            imported = None if errors else imported
    elif request.method == "POST":
        chosen = division_by_code(request.POST.get("division", ""))
        if chosen:
            return _keep(request, "division", chosen.key)
        error = _("没有这个区划，请从列出的区划里选一个。") if request.POST.get("division") else _("请选一个区划。")
        error += _("找不到时，可以用下面的表格文件导入。")
    return _page(request, "division", upload=upload, imported=imported, error=error, **_division_rows(request))


def _division_rows(request: HttpRequest) -> dict[str, Any]:
    words = request.GET.get("q", "")[:40].strip()
    if words:
        divisions = divisions_matching(words)
    else:
        divisions = list(Division.objects.at_level("city", "county").order_by("path")[:100])
    labels = full_names(divisions)
    kept = division_by_code(_answers(request).get("division", ""))
    rows = [
        {"key": division.key, "label": labels[division.pk], "is_chosen": division == kept} for division in divisions
    ]
    return {"rows": rows, "words": words, "chosen_name": full_name(kept) if kept else ""}


@_with_token
def terms(request: HttpRequest) -> HttpResponse:
    chosen = division_by_code(_answers(request)["division"])
    form = TermsForm(request.POST or None, initial={"preset": _answers(request).get("terms") or _fitting(chosen)})
    if form.is_valid():
        return _keep(request, "terms", form.cleaned_data["preset"])
    return _page(request, "terms", form=form)


def _fitting(division: Division | None) -> str:
    """The preset whose own division is this one or above it."""
    keys = division.path.split("/") if division else []
    return next((key for key, preset in PRESETS.items() if preset.division_code in keys), "")


@_with_token
def site(request: HttpRequest) -> HttpResponse:
    form = SiteForm(request.POST or None, initial=_answers(request).get("site", {}))
    if form.is_valid():
        return _keep(request, "site", form.cleaned_data)
    return _page(request, "site", form=form)


@_with_token
def check(request: HttpRequest) -> HttpResponse:
    answers = _answers(request)
    chosen = division_by_code(answers["division"])
    if chosen is None:
        return redirect("setup:division")
    refusal = ""
    if request.method == "POST":
        preset = "" if answers["terms"] == PRESET_LATER else answers["terms"]
        given = SetupAnswers(**answers["account"], division=chosen, preset=preset, site=answers["site"])
        try:
            finish_setup(answers=given, grant=answers["grant"])
        except SetupRefused as error:
            if is_installed():
                return _afterwards(request)
            refusal = str(error)
        else:
            # in the same session, whose answers go with it: a second press must find it
            request.session["setup"] = {"finished": given.username}
            return render(request, "setup/done.html", {"username": given.username, "title": _("设置完成")})
    rows = [
        {"label": _("管理员用户名"), "value": answers["account"]["username"], "url": "/setup/account/"},
        {"label": _("电子邮箱"), "value": answers["account"]["email"], "url": "/setup/account/"},
        {"label": _("区划"), "value": full_name(chosen), "url": "/setup/division/"},
        {"label": _("口径"), "value": _preset_label(answers["terms"]), "url": "/setup/terms/"},
    ]
    form = SiteForm(initial=answers["site"])
    rows += [{"label": field.label, "value": field.initial or "", "url": "/setup/site/"} for field in form]
    return _page(request, "check", rows=rows, refusal=refusal)


def _preset_label(key: str) -> str:
    return str(PRESETS[key].label) if key in PRESETS else _("以后在后台自己填")
