"""Front door: wires everything, imported by nobody."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.adapters.admin_doors import guard
from portal.accounts.urls import one_door
from portal.frame.views.media import media

guard(wagtailadmin_urls.urlpatterns)

urlpatterns = []
if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?!private/)(?P<path>.*)$", media, {"document_root": settings.MEDIA_ROOT})]
urlpatterns += [
    path("", include("portal.accounts.urls")),
    # one door: Wagtail's own log-in and password pages lead to it
    *one_door,
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("captcha/", include("portal.gate.urls")),
    path("", include("portal.follows.urls")),
    path("lookup/", include("portal.lookup.urls")),
    path("me/messages/", include("portal.outbox.urls")),
    path("corrections/", include("portal.corrections.urls")),
    path("trail/", include("portal.trail.urls")),
    path("setup/", include("portal.setup.urls")),
    path("", include("portal.jurisdictions.urls")),
    path("", include("home.urls")),
    path("", include("participation.urls")),
    path("", include("liaison_stations.urls")),
    path("", include("portal.frame.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "portal.frame.views.errors.bad_request"
handler403 = "portal.frame.views.errors.permission_denied"
handler404 = "portal.frame.views.errors.page_not_found"
handler500 = "portal.frame.views.errors.server_error"
