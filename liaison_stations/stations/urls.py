"""联络站: beside the pages that Wagtail serves under /stations/."""

from django.urls import path

from .views import reading

app_name = "stations"

urlpatterns = [
    path("stations/points.json", reading.points_view, name="points"),
    path("stations/venues/", reading.venue_list, name="venues"),
]
