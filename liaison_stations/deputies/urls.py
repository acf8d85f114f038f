from django.urls import path

from . import views

app_name = "deputies"
urlpatterns = [
    path("deputies/", views.directory, name="list"),
    path("deputies/<int:pk>/", views.detail, name="detail"),
]
