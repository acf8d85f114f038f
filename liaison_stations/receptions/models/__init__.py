from .booking import Booking
from .documents import DocumentKind, StationDocument
from .duties import HeadTraining, OrganVisit
from .plans import MonthPlan
from .schemes import GuestRole, ReceptionScheme, SchemeRequirement
from .sessions import STATUS_LABELS, ReceptionSession, SessionGuest, SessionHost, new_key

__all__ = [
    "STATUS_LABELS",
    "Booking",
    "DocumentKind",
    "GuestRole",
    "HeadTraining",
    "MonthPlan",
    "OrganVisit",
    "ReceptionScheme",
    "ReceptionSession",
    "SchemeRequirement",
    "SessionGuest",
    "SessionHost",
    "StationDocument",
    "new_key",
]
