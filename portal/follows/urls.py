from django.urls import path

from . import views

app_name = "follows"
urlpatterns = [
    path("follow/", views.toggle, name="toggle"),
    path("me/follows/", views.follow_list, name="list"),
]
