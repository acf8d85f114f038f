from django.urls import path

from .views import reading, sending

app_name = "snaps"

urlpatterns = [
    path("snaps/", reading.snap_list, name="list"),
    path("snaps/new/", sending.new, name="new"),
    path("snaps/near/", reading.near, name="near"),
    path("snaps/similar/", reading.similar, name="similar"),
    path("snaps/photos/<int:pk>/", reading.photo, name="photo"),
    path("snaps/photos/<int:pk>/small/", reading.photo, {"size": "small"}, name="photo_small"),
    path("snaps/<str:number>/", reading.detail, name="detail"),
    path("snaps/<str:number>/submitted/", sending.submitted, name="submitted"),
    path("snaps/<str:number>/seen/", sending.seen, name="seen"),
    path("snaps/<str:number>/amend/", sending.amend, name="amend"),
    path("snaps/<str:number>/verify/", sending.verify, name="verify"),
]
