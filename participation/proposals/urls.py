"""/proposals/"""

from django.urls import path

from . import views

app_name = "proposals"

urlpatterns = [
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("photos/<int:pk>/small/", views.photo, {"size": "small"}, name="photo_small"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/amend/", views.amend, name="amend"),
]
