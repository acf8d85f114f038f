from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JurisdictionsConfig(AppConfig):
    name = "portal.jurisdictions"
    label = "jurisdictions"

    def ready(self) -> None:
        from portal.trail.subjects import register_subject

        from .selectors import divisions_as_subjects, site_profile_as_subject
        from .terms.standard import register_standard_terms

        register_standard_terms()
        register_subject("division", divisions_as_subjects, _("区划"))
        register_subject("site_profile", site_profile_as_subject, _("站点信息"))
