"""The member's answer. No form key: its fingerprint would tie the answer to the person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import VALUES


class RateForm(forms.Form):
    use_required_attribute = False
    value = forms.ChoiceField(
        label=_("您对这项工作的测评"),
        choices=VALUES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择满意、基本满意或不满意"),
            "invalid_choice": _("请选择满意、基本满意或不满意"),
        },
    )
