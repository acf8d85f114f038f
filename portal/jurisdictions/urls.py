from django.urls import path

from .views.chooser import division_choice

app_name = "jurisdictions"
urlpatterns = [path("division/", division_choice, name="division_choice")]
