from django.urls import path

from . import views

app_name = "setup"
urlpatterns = [
    path("", views.token, name="token"),
    path("account/", views.account, name="account"),
    path("division/", views.division, name="division"),
    path("terms/", views.terms, name="terms"),
    path("site/", views.site, name="site"),
    path("check/", views.check, name="check"),
]
