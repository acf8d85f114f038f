"""/ledger/: the public ledger, and one's own matters under /me/."""

from django.urls import path

from . import feeds
from .views import asking, papers, photos, reading, speaking, statistics, suggesting

app_name = "ledger"

urlpatterns = [
    path("ledger/", reading.ledger_list, name="list"),
    path("ledger/process/", reading.process_page, name="process"),
    path("ledger/deadlines.ics", feeds.deadlines, name="deadlines"),
    path("ledger/statistics/", statistics.statistics_page, name="statistics"),
    path("ledger/statistics/table.csv", statistics.statistics_table, name="statistics_table"),
    path("ledger/photos/<int:pk>/", photos.photo, name="photo"),
    path("ledger/photos/<int:pk>/small/", photos.photo, {"size": "small"}, name="photo_small"),
    path("ledger/letters/<int:pk>/scan/", papers.letter_scan, name="letter_scan"),
    path("ledger/solved/<str:token>/", asking.solved, name="solved"),
    path("ledger/<str:reference>/", reading.detail, name="detail"),
    path("ledger/<str:reference>/deadline.ics", feeds.deadline, name="deadline"),
    path("ledger/<str:reference>/rate/", speaking.rate, name="rate"),
    path("ledger/<str:reference>/object/", speaking.object_to_close_off, name="object"),
    path("me/ledger/", speaking.mine, name="mine"),
    path("me/suggestions/", suggesting.asked_list, name="asked_list"),
    path("me/suggestions/<int:pk>/", suggesting.asked, name="asked"),
]
