from .adapters import published
from .models import CalendarDay
from .rules import Calendar, Day, calendar_of


def calendar() -> Calendar:
    """The calendar in force, in one query. Take it once per request or run and pass it down."""
    rows = CalendarDay.objects.values_list("date", "is_workday", "name")
    return calendar_of(published, {date: Day(date, is_workday, name) for date, is_workday, name in rows})
