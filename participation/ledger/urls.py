"""/ledger/: the public ledger."""

from django.urls import path

from .views import reading

app_name = "ledger"

urlpatterns = [path("ledger/<str:reference>/", reading.detail, name="detail")]
