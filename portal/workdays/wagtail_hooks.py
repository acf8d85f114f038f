from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from .viewsets import CalendarDayViewSet


@hooks.register("register_admin_viewset")
def register_calendar_days() -> CalendarDayViewSet:
    return CalendarDayViewSet()


@hooks.register("register_permissions")
def calendar_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="workdays")
