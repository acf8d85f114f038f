"""查进度: number and code in, the matter's own page out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.jurisdictions.selectors import site_profile

from . import services
from .forms import LookupForm

WRONG = _("编号或查询码不对，请对照回执再填一次。回执丢失的，可持身份证件到联络站补发查询码。")
TOO_MANY = _("这个编号查询次数过多，请过五分钟再试，或打电话查询。")
AMBIGUOUS = _("请填写完整编号：只凭最后六位不能确定是哪一件。")


def _whom_to_call() -> str:
    profile = site_profile()
    phone = profile.main_phone if profile else None
    return gettext("请打电话：%(label)s %(number)s。") % {"label": phone.label, "number": phone.number} if phone else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    status = 200
    if request.method == "POST":
        form = LookupForm(request.POST, request=request)
        if form.is_valid():
            try:
                found = services.prove(
                    request=request, asked=form.cleaned_data["number"], code=form.cleaned_data["code"]
                )
                return redirect(found.url)
            except services.NotFound:
                form.add_error("code", f"{WRONG}{_whom_to_call()}")
            except services.Ambiguous:
                form.add_error("number", AMBIGUOUS)
            except services.TooManyTries:
                form.add_error("number", f"{TOO_MANY}{_whom_to_call()}")
                status = 429
    else:
        form = LookupForm(request=request, initial={"number": request.GET.get("number", "")[:100]})
    return render(request, "lookup/lookup_form.html", {"form": form}, status=status)
