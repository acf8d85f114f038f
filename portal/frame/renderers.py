"""One look for every form: field groups with label, hint, error and count; an error summary on top."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _


def error_texts(field: BoundField) -> list[str]:
    """The field's errors; "This field is required" becomes a sentence that names the field and what to do."""
    texts: list[str] = []
    for error in field.errors.as_data():
        is_plain = error.code == "required" and error.message == forms.Field.default_error_messages["required"]
        if not is_plain:
            texts += [str(message) for message in error.messages]
        elif isinstance(field.field, forms.BooleanField):
            texts.append(_("请勾选“%(label)s”") % {"label": field.label})
        elif isinstance(field.field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField):
            texts.append(_("请选择%(label)s") % {"label": field.label})
        else:
            texts.append(_("请填写%(label)s") % {"label": field.label})
    return texts


class PortalBoundField(BoundField):
    """No `required` attribute (the server explains better than a bubble), the error tied to the field."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if self.count_limit and self.auto_id:
            described = str(built.get("aria-describedby", "")).split()
            built["aria-describedby"] = " ".join([*described, f"{self.auto_id}_count"])
        return built

    @property
    def count_limit(self) -> int | None:
        return getattr(self.field, "count_limit", None)

    @property
    def error_texts(self) -> list[str]:
        return error_texts(self)

    @property
    def is_optional(self) -> bool:
        return not self.field.required


class PortalFormRenderer(TemplatesSetting):
    """The project's FORM_RENDERER; widgets' own templates can be overridden in templates/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField
