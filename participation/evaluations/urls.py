"""评议公开: open to everybody."""

from django.urls import path
from django.views.decorators.http import require_safe

from .feeds import EvaluationFeed
from .views import reading

app_name = "evaluations"

urlpatterns = [
    path("evaluations/", reading.evaluation_list, name="list"),
    path("evaluations/table.csv", reading.evaluation_table, name="table"),
    path("evaluations/data.json", reading.evaluation_data, name="data"),
    path("evaluations/feed/", require_safe(EvaluationFeed()), name="feed"),
    path("evaluations/<int:pk>/", reading.detail, name="detail"),
    path("evaluations/<int:pk>/table.csv", reading.detail_table, name="detail_table"),
]
