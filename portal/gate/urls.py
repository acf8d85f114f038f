"""Only the images: no sound (the words serve), no refresh (a script-only address that writes a row)."""

from captcha import views
from django.urls import path

urlpatterns = [
    path("image/<slug:key>/", views.captcha_image, {"scale": 1}, name="captcha-image"),
    path("image/<slug:key>@2/", views.captcha_image, {"scale": 2}, name="captcha-image-2x"),
]
