"""One look for every form: field groups with label, hint, error and count; an error summary on top."""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting


class PortalBoundField(BoundField):
    """No `required` attribute (the server explains better than a bubble), the error tied to the field."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if self.count_limit and self.auto_id:
            described = built.get("aria-describedby", "").split()
            built["aria-describedby"] = " ".join([*described, f"{self.auto_id}_count"])
            built["data-count-limit"] = self.count_limit
        return built

    @property
    def count_limit(self) -> int | None:
        return getattr(self.field, "count_limit", None)

    @property
    def is_optional(self) -> bool:
        return not self.field.required


class PortalFormRenderer(TemplatesSetting):
    """The project's FORM_RENDERER; widgets' own templates can be overridden in templates/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField
