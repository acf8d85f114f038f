from django.urls import path

from .views import answering, leaving, reading

app_name = "messages"

urlpatterns = [
    path("m/<slug:token>/", leaving.new, name="new"),
    path("m/<slug:token>/code/<slug:key>/", leaving.code, name="code"),
    path("deputy-messages/<str:number>/", reading.detail, name="detail"),
    path("deputy-messages/<str:number>/submitted/", reading.submitted, name="submitted"),
    path("deputy-messages/<str:number>/answer/", answering.answer, name="answer"),
]
