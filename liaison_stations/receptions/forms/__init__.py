from .filtering import ScheduleForm, month_of
from .grid import MonthGrid
from .steps import (
    CallerForm,
    CancelForm,
    DocumentForm,
    HoldForm,
    MoveForm,
    SchemeForm,
    StepForm,
    SubstituteForm,
    ThemeForm,
)

__all__ = [
    "CallerForm",
    "CancelForm",
    "DocumentForm",
    "HoldForm",
    "MonthGrid",
    "MoveForm",
    "ScheduleForm",
    "SchemeForm",
    "StepForm",
    "SubstituteForm",
    "ThemeForm",
    "month_of",
]
