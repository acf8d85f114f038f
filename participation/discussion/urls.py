"""/threads/, /comments/ and one's own comments under /me/."""

from django.urls import path

from .views import owning, reading, writing

app_name = "discussion"
urlpatterns = [
    path("threads/<int:pk>/", reading.thread, name="thread"),
    path("threads/<int:pk>/write/", writing.write, name="write"),
    path("comments/<int:pk>/", reading.comment, name="comment"),
    path("comments/<int:pk>/replies/", reading.replies, name="replies"),
    path("comments/<int:pk>/texts/", reading.texts, name="texts"),
    path("comments/<int:pk>/reply/", writing.reply, name="reply"),
    path("comments/<int:pk>/helpful/", writing.helpful, name="helpful"),
    path("comments/<int:pk>/amend/", owning.amend, name="amend"),
    path("comments/<int:pk>/edit/", owning.edit, name="edit"),
    path("comments/<int:pk>/withdraw/", owning.withdraw, name="withdraw"),
    path("me/comments/", owning.mine, name="mine"),
]
