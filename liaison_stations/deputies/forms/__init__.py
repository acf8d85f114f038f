from .directory import DirectoryFilterForm
from .staff import DeputyForm, DeputyWorkbookForm, DistrictForm

__all__ = ["DeputyForm", "DeputyWorkbookForm", "DirectoryFilterForm", "DistrictForm"]
