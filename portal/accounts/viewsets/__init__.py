"""What staff keep of people in the Wagtail admin: units, notices, the committee's posts."""

from .posts import CommitteePostViewSet
from .units import HandlingUnitViewSet, NoticeTextViewSet, close_wagtails_user_screens

__all__ = ["CommitteePostViewSet", "HandlingUnitViewSet", "NoticeTextViewSet", "close_wagtails_user_screens"]
