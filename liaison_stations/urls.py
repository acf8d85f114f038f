"""The public addresses of the liaison stations."""

from django.urls import include, path

urlpatterns = [
    path("", include("liaison_stations.stations.urls")),
    path("", include("liaison_stations.deputies.urls")),
    path("", include("liaison_stations.receptions.urls")),
    path("", include("liaison_stations.messages.urls")),
]
