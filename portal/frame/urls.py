from django.conf import settings
from django.urls import path

from .views import assets, gallery, modes

app_name = "frame"

urlpatterns = [
    path("modes/", modes.modes, name="modes"),
    path("accessibility/", modes.accessibility, name="accessibility"),
    path("assets/portal.css", assets.asset, {"kind": "css"}, name="stylesheet"),
    path("assets/portal.js", assets.asset, {"kind": "js"}, name="script"),
    path("favicon.svg", assets.favicon, name="favicon"),
    path("favicon.ico", assets.favicon_ico, name="favicon-ico"),
    path("sw.js", assets.service_worker, name="service-worker"),
    path("offline/", assets.offline, name="offline"),
]
if settings.DEBUG:
    urlpatterns += [
        path("_gallery/", gallery.components, name="gallery"),
        path("_gallery/errors/<str:name>/", gallery.error, name="gallery-error"),
    ]
