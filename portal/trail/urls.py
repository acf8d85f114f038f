from django.urls import path

from . import views

app_name = "trail"
urlpatterns = [
    path("", views.trail_home, name="home"),
    path("verify_trail.py", views.verifier_download, name="verifier"),
    path("chain.jsonl", views.chain_download, name="chain"),
    path("full.jsonl", views.full_download, name="full"),
]
