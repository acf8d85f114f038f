"""工作评议: open to everybody; the member's page asks for the roll."""

from django.urls import path

from .views import rating, reading

app_name = "oversight"

urlpatterns = [
    path("oversight/", reading.appraisal_list, name="list"),
    path("oversight/<int:pk>/", reading.detail, name="detail"),
    path("oversight/<int:pk>/report/", reading.report_file, name="report"),
    path("oversight/<int:pk>/rate/", rating.rate, name="rate"),
]
