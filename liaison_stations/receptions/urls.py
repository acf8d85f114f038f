"""接待日程: open to everybody; booking asks for a verified account."""

from django.urls import path

from . import feeds
from .views import booking, reading

app_name = "receptions"

urlpatterns = [
    path("schedule/", reading.schedule, name="schedule"),
    path("schedule/print/", reading.printed, name="print"),
    path("schedule/stations/<int:pk>.ics", feeds.station_calendar, name="station_calendar"),
    path("schedule/deputies/<int:pk>.ics", feeds.deputy_calendar, name="deputy_calendar"),
    path("schedule/divisions/<slug:code>.ics", feeds.division_calendar, name="division_calendar"),
    path("schedule/documents/<int:pk>/", reading.document, name="document"),
    path("schedule/bookings/<int:pk>/cancel/", booking.cancel, name="cancel_booking"),
    path("schedule/<slug:key>/", reading.session, name="session"),
    path("schedule/<slug:key>/calendar.ics", feeds.session_calendar, name="session_calendar"),
    path("schedule/<slug:key>/book/", booking.book, name="book"),
]
