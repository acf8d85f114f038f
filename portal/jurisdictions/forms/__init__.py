from .filtering import DivisionFilterForm
from .staff import DayForm, DivisionUploadForm, SiteProfileForm, StaffSiteProfileForm, TermsPeriodForm

__all__ = [
    "DayForm",
    "DivisionFilterForm",
    "DivisionUploadForm",
    "SiteProfileForm",
    "StaffSiteProfileForm",
    "TermsPeriodForm",
]
