from django.urls import include, path, re_path

from .adapters.emails import email_code
from .adapters.phones import LoginCodeView, VerifyPhoneView, phone_code
from .views import notices
from .views import own as views

app_name = "accounts"
own_pages = [
    path("", views.me, name="me"),
    path("details/", views.details, name="details"),
    path("data/", views.own_data, name="own_data"),
    path("data/withdraw/", views.withdraw, name="withdraw"),
    path("cancel/", views.cancel, name="cancel"),
    path("confirm/", views.second_fact, name="second_fact"),
    path("agree/", notices.agree, name="agree"),
    path("typed/", views.kept_text, name="kept_text"),
]
urlpatterns = [
    path("me/", include(own_pages)),
    path("accounts/privacy/", notices.notice, {"kind": "privacy"}, name="privacy_notice"),
    path("accounts/privacy/<str:version>/", notices.notice, {"kind": "privacy"}, name="privacy_notice_version"),
    path("accounts/terms/", notices.notice, {"kind": "terms"}, name="terms"),
    path("accounts/terms/<str:version>/", notices.notice, {"kind": "terms"}, name="terms_version"),
]

# In front of others' addresses: there is one log-in and one log-out.
one_door = [
    path("admin/login/", views.to_login),
    path("admin/logout/", views.to_logout),
    re_path(r"^admin/password_reset/", views.to_login),
    # in front of allauth's: keeps `next` through the code
    path("accounts/phone/change/", VerifyPhoneView.as_view(), name="account_change_phone"),
    path("accounts/login/code/", LoginCodeView.as_view(), name="account_request_login_code"),
    path("accounts/phone/verify/", phone_code, name="account_verify_phone"),
    path("accounts/confirm-email/", email_code, name="account_email_verification_sent"),
]
