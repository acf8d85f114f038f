"""Reporting a public text, appealing against a decision, and how the reviewing is done, in figures."""

from django.urls import path

from .views import appealing, figures, reporting

app_name = "moderation"
urlpatterns = [
    path("report/<str:kind>/<str:key>/", reporting.report, name="report"),
    path("moderation/", figures.figures, name="figures"),
    path("me/appeals/", appealing.appeals, name="appeals"),
    path("me/appeals/<int:pk>/", appealing.appeal, name="appeal"),
]
