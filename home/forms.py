"""The words to look for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import NormalisedCharField
from portal.search.text import query_terms


class SearchForm(forms.Form):
    q = NormalisedCharField(
        label=_("搜什么"),
        help_text=_("可以搜一个字、一个词，或受理编号"),
        required=False,
        max_length=60,
        error_messages={"max_length": _("请缩短到60个字以内")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        words = str(self.cleaned_data["q"])
        if words and not query_terms(words):
            raise forms.ValidationError(_("请输入要找的字或词"))
        return words
