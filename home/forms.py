"""The words to look for; an article written with scripts off."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import NormalisedCharField
from portal.pages.adapters.content import findings_of
from portal.pages.adapters.page_form import divisions_for
from portal.search.text import query_terms

from .adapters.plain_body import Part, parts_of, put


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


class PlainPageForm(forms.Form):
    """What Wagtail's editor asks for, as plain fields: words only. A draft needs a title, a submission everything."""

    LINES = ("summary", "source", "author", "editor")

    def __init__(self, *args: Any, page: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.parts = page, parts_of(page)
        self._add_line("title", required=True)
        divisions, own = divisions_for(user, page)
        first = page.division_id or (own[0].pk if own else None)
        field = forms.ModelChoiceField(divisions, label=_("所属区划"), initial=first, required=not user.is_superuser)
        self.fields["division"] = field
        for name in self.LINES:
            if hasattr(page, name):
                self._add_line(name)
        for part in self.parts:
            if part.text is not None:
                box = forms.Textarea({"rows": 2 if len(part.text) < 60 else 6})
                label = _now("第%(n)d块：%(label)s") % {"n": part.place + 1, "label": part.label}
                self.fields[f"block_{part.place}"] = forms.CharField(
                    label=label, initial=part.text, widget=box, required=False
                )
        self.fields["more"] = forms.CharField(
            label=_("接着写"), widget=forms.Textarea({"rows": 8}), required=False, help_text=_("一行就是一段。")
        )
        self.fields["loaded"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=str(page.latest_revision_id or "")
        )

    def _add_line(self, name: str, *, required: bool = False) -> None:
        field = self.page._meta.get_field(name)
        self.fields[name] = forms.CharField(
            label=field.verbose_name,
            max_length=field.max_length,
            initial=getattr(self.page, name),
            required=required,
            help_text=field.help_text,
        )

    @property
    def other_parts(self) -> list[Part]:
        """Blocks that stay as they are."""
        return [part for part in self.parts if part.text is None]

    def fill(self) -> Any:
        """The page with what was typed; not kept."""
        cleaned = self.cleaned_data
        for name in ("title", "division", *self.LINES):
            if name in cleaned:
                setattr(self.page, name, cleaned[name])
        texts = {part.place: cleaned.get(f"block_{part.place}", "") for part in self.parts if part.text is not None}
        put(self.page, texts, cleaned["more"])
        return self.page

    def may_be_submitted(self) -> bool:
        """After `fill`: what is missing and what blocks stand as errors at their fields."""
        for name in ("summary", "source"):
            if name in self.fields and not self.page._meta.get_field(name).blank and not getattr(self.page, name):
                self.add_error(name, _now("请填写%(label)s") % {"label": self.fields[name].label})
        if not self.page.body:
            self.add_error("more", _now("请写正文。"))
        for finding in findings_of(self.page):
            if finding.blocks:
                place = f"block_{finding.block_index}" if finding.block_index is not None else finding.field
                place = place if place in self.fields else "more" if finding.block_index is not None else "title"
                self.add_error(place, f"{finding.label}：{finding.message}")
        return not self.errors
