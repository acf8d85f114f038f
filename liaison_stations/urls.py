"""The public addresses of the liaison stations."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("liaison_stations.deputies.urls")),
]
