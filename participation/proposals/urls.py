"""/proposals/ and one's own proposals under /me/."""

from django.urls import path, re_path

from .views import drafts, owning, photos, reading, supporting, writing

app_name = "proposals"

_KEY = r"(?P<key>[A-Za-z0-9_-]{16,64})"

urlpatterns = [
    path("proposals/", reading.proposal_list, name="list"),
    path("proposals/new/", writing.new, name="new"),
    re_path(rf"^proposals/new/{_KEY}/photos/(?P<pk>\d+)/$", drafts.draft_photo, name="draft_photo"),
    re_path(rf"^proposals/new/{_KEY}/photos/(?P<pk>\d+)/remove/$", drafts.remove_photo, name="remove_photo"),
    re_path(rf"^proposals/new/{_KEY}/discard/$", drafts.discard, name="discard"),
    re_path(rf"^proposals/new/{_KEY}/(?P<step>words|place|about|person|check)/$", writing.write, name="write"),
    path("proposals/similar/", writing.similar, name="similar"),
    path("proposals/photos/<int:pk>/", photos.photo, name="photo"),
    path("proposals/photos/<int:pk>/small/", photos.photo, {"size": "small"}, name="photo_small"),
    path("proposals/<str:number>/", reading.detail, name="detail"),
    path("proposals/<str:number>/submitted/", owning.submitted, name="submitted"),
    path("proposals/<str:number>/slip/", owning.slip, name="slip"),
    path("proposals/<str:number>/amend/", owning.amend, name="amend"),
    path("proposals/<str:number>/withdraw/", owning.withdraw, name="withdraw"),
    path("proposals/<str:number>/support/", supporting.support, name="support"),
    path("me/proposals/", owning.mine, name="mine"),
]
