from django.urls import path

from . import views

app_name = "outbox"
urlpatterns = [
    path("", views.message_list, name="messages"),
    path("read/", views.message_read_all, name="read_all"),
    path("matter/read/", views.matter_read, name="read_matter"),
    path("<int:message_id>/read/", views.message_read, name="read"),
    path("settings/", views.message_settings, name="settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
