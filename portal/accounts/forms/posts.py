"""工委职务 as staff type it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from portal.frame.fields import NormalisedCharField

from ..models import CommitteePost, User
from ..selectors import committees_in_scope

USERNAME_HELP = _("有本站账号的填用户名，没有的不填。职务只说明是谁，能办什么事仍看“人员与任职”。")


def _account(name: str) -> User | None:
    user = User.objects.active().filter(username=name).first() if name else None
    if name and user is None:
        raise forms.ValidationError(_("没有这个用户名，或账号已停用。"), code="unknown_user")
    return user


class CommitteePostForm(WagtailAdminModelForm):
    """The account is named by its user name: a list of everybody would say too much."""

    name = NormalisedCharField(label=_("姓名"), max_length=30)
    username = NormalisedCharField(label=_("用户名"), required=False, max_length=150, help_text=USERNAME_HELP)

    class Meta:
        model = CommitteePost
        fields = ["division", "post", "name", "starts_on", "ends_on", "is_acting"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            self.fields["division"].queryset = committees_in_scope(self.for_user)
        self.fields["username"].initial = self.instance.user.username if self.instance.user else ""

    def clean_username(self) -> str:
        self.user = _account(self.cleaned_data["username"])
        return str(self.cleaned_data["username"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("“止”不能早于“起”。"))
        if "username" in cleaned:
            self.instance.user = self.user
        return cleaned


class PostHandOverForm(forms.Form):
    name = NormalisedCharField(label=_("接手人姓名"), max_length=30)
    username = NormalisedCharField(label=_("用户名"), required=False, max_length=150, help_text=USERNAME_HELP)
    on = forms.DateField(label=_("接手之日"), widget=AdminDateInput, initial=timezone.localdate)

    def clean_username(self) -> str:
        self.user = _account(self.cleaned_data["username"])
        return str(self.cleaned_data["username"])
