from django.conf import settings
from django.urls import path

from . import gallery, views

app_name = "frame"

urlpatterns = [
    path("modes/", views.modes, name="modes"),
    path("assets/portal.css", views.asset, {"kind": "css"}, name="stylesheet"),
    path("assets/portal.js", views.asset, {"kind": "js"}, name="script"),
    path("favicon.svg", views.favicon, name="favicon"),
]
if settings.DEBUG:
    urlpatterns += [
        path("_gallery/", gallery.components, name="gallery"),
        path("_gallery/errors/<str:name>/", gallery.error, name="gallery-error"),
    ]
