"""Forms of the staff screens."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from portal.accounts.permissions import VERIFY_RESIDENT, roles_granted
from portal.frame.fields import NormalisedCharField, PhoneField
from portal.idempotency.fields import FormKeyField
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import full_names

from .. import rules
from ..models import HandlingUnit, Role, User
from ..selectors import appointable_roles, divisions_in_scope, places_to_verify, staff_manageable_by


class DivisionField(forms.CharField):
    """A division by its name or 12-digit code: three thousand choices make no list; those of a county are offered."""

    OFFERED = 400

    def __init__(self, **kwargs: Any) -> None:
        self.queryset: Any = Division.objects.none()
        kwargs.setdefault("label", _("范围"))
        kwargs.setdefault("help_text", _("写名称，例如 东山街道；也可以写12位区划代码"))
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> Any:
        written = rules.normalised(super().clean(value) or "")
        if not written:
            return None
        # as it is offered: the name with its code
        code = match[0] if (match := re.search(r"(?<![0-9])[0-9]{12}(?![0-9])", written)) else written
        found = list(self.queryset.filter(Q(code=code) | Q(name=code)).order_by("path")[:6])
        if not found:
            found = list(self.queryset.filter(name__contains=code).order_by("path")[:6])
            if len(found) != 1:
                raise forms.ValidationError(self._choice(found, code), code="unknown_division")
        if len(found) > 1:
            raise forms.ValidationError(self._choice(found, code), code="ambiguous")
        return found[0]

    def _choice(self, found: list[Division], written: str) -> str:
        if not found:
            return gettext("您的管辖范围内没有“%(name)s”这个区划。") % {"name": written}
        names = full_names(found)
        listed = "、".join(f"{names[each.pk]} {each.key}" for each in found[:5])
        return gettext("有几个区划像“%(name)s”，请照抄其中一个的代码：%(listed)s") % {"name": written, "listed": listed}

    def offer(self, scope: Any) -> None:
        """Names to choose from while typing, where the own scope is small enough for a list."""
        self.queryset = scope
        rows = list(scope.order_by("path")[: self.OFFERED + 1])
        if len(rows) <= self.OFFERED:
            self.widget = OfferingInput(offered=[f"{row.name} {row.key}" for row in rows])


class OfferingInput(forms.TextInput):
    template_name = "accounts/division_input.html"

    def __init__(self, *, offered: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"list": f"{name}-offered", "autocomplete": "off"}
        return {**context, "offered": self.offered, "list_id": f"{name}-offered"}


class AppointForm(forms.Form):
    """A post for one person. X39 and the appointer's scope are checked again by the service."""

    role = forms.ChoiceField(label=_("角色"))
    division = DivisionField()
    unit = forms.ModelChoiceField(
        label=_("承办单位"),
        queryset=HandlingUnit.objects.none(),
        required=False,
        empty_label=_("不是承办单位"),
        help_text=_("只有承办单位角色要选"),
    )
    starts_on = forms.DateField(label=_("起"), widget=AdminDateInput, initial=timezone.localdate)
    ends_on = forms.DateField(label=_("止"), widget=AdminDateInput, required=False)
    is_acting = forms.BooleanField(label=_("代理主持"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = divisions_in_scope(by)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = appointable_roles(by)
        fields["division"].offer(scope)
        fields["unit"].queryset = HandlingUnit.objects.filter(is_active=True, division__in=scope)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("role") == Role.UNIT) != bool(cleaned.get("unit")) and "unit" not in self.errors:
            self.add_error("unit", _("角色是承办单位的要选单位，其他角色不要选。"))
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("“止”不能早于“起”。"))
        return cleaned


class NewStaffForm(AppointForm):
    form_key = FormKeyField()
    username = NormalisedCharField(label=_("用户名"), min_length=3, max_length=40)
    real_name = NormalisedCharField(label=_("姓名"), max_length=30)
    phone = PhoneField(label=_("手机号"), mobile_only=True, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    field_order = ("username", "real_name", "phone", "email", "role", "division", "unit", "starts_on", "ends_on")


class HandOverForm(forms.Form):
    """The successor by user name, or by the name alone where only one colleague is called so."""

    OFFERED = 400
    to_user = NormalisedCharField(
        label=_("接手人"), max_length=150, help_text=_("写用户名或姓名；同事的名字会列出来供选择。")
    )
    on = forms.DateField(label=_("接手之日"), widget=AdminDateInput, initial=timezone.localdate)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = list(staff_manageable_by(by).active().order_by("username")[: self.OFFERED])
        offered = [f"{user.username} {user.get_full_name()}" for user in self.colleagues]
        self.fields["to_user"].widget = OfferingInput(offered=offered)

    def clean_to_user(self) -> User:
        written = self.cleaned_data["to_user"]
        found = list(User.objects.active().filter(username=written))
        if not found:  # as it is offered, or the name alone
            found = [
                user
                for user in self.colleagues
                if user.get_full_name() == written or f"{user.username} {user.get_full_name()}" == written
            ]
        if not found:
            raise forms.ValidationError(_("没有这个人，或账号已停用。请写接手人的用户名。"), code="unknown_user")
        if len(found) > 1:
            raise forms.ValidationError(_("有几个人都叫“%(name)s”，请写用户名。") % {"name": written}, code="ambiguous")
        return found[0]

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("接手之日不能早于今天。"), code="past")
        return day


class ReasonForm(forms.Form):
    reason = NormalisedCharField(label=_("原因"), max_length=200)


class StaffUploadForm(forms.Form):
    file = forms.FileField(label=_("工作簿（.xlsx）"))


class CounterForm(forms.Form):
    """核验居民身份: the document is seen, its number is not written down."""

    real_name = NormalisedCharField(label=_("姓名（与证件一致）"), max_length=30)
    phone = PhoneField(label=_("登录手机"), mobile_only=True, required=False, help_text=_("没有手机可以不填"))
    contact_phone = PhoneField(
        label=_("联系电话"), required=False, help_text=_("座机、家人的手机；夫妻共用一个号码时，第二位填在这里")
    )
    address = NormalisedCharField(label=_("联系地址"), max_length=100, required=False)
    division = forms.TypedChoiceField(label=_("所在社区"))
    saw_document = forms.BooleanField(
        label=_("已当面核对身份证件原件（不登记证件号码）"),
        error_messages={"required": _("请当面核对身份证件原件后再登记。")},
    )
    is_over_14 = forms.BooleanField(
        label=_("已满14周岁"), error_messages={"required": _("未满14周岁的居民请由监护人代为提出建议。")}
    )
    account = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        places = {division.key: division for division in places_to_verify(by, roles_granted(VERIFY_RESIDENT))}
        names = [(key, _place_name(place)) for key, place in places.items()]
        fields["division"].choices = [("", _("请选择")), *names]
        fields["division"].coerce = places.get
        self.by = by


def _place_name(place: Division) -> str:
    """A community with what it lies in; the street itself where the community is not known."""
    if place.level == Division.Level.COMMUNITY:
        return f"{place.parent} {place.name}"
    return gettext("%(place)s（社区不详）") % {"place": place.name}


class FindResidentForm(forms.Form):
    q = PhoneField(label=_("手机号或联系电话"))
