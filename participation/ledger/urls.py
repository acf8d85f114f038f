"""/ledger/: the public ledger."""

from django.urls import path

from .views import reading, statistics

app_name = "ledger"

urlpatterns = [
    path("ledger/statistics/", statistics.statistics_page, name="statistics"),
    path("ledger/statistics/table.csv", statistics.statistics_table, name="statistics_table"),
    path("ledger/<str:reference>/", reading.detail, name="detail"),
]
