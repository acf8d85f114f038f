"""留言 and 联络站码 in the Wagtail admin. Everything works without scripts."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from .codes import CodeListView, CodeView, PosterView
from .desk import MessageListView, MessageView


class MessagesViewSet(ViewSet):
    name = "messages_admin"
    url_prefix = "deputy-messages"
    icon = "mail"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MessageListView.as_view(), name="index"),
            path("codes/", CodeListView.as_view(), name="codes"),
            path("codes/posters/", PosterView.as_view(), name="posters"),
            path("codes/<int:pk>/", CodeView.as_view(), name="code"),
            path("<slug:number>/", MessageView.as_view(), name="message"),
        ]

    def on_register(self) -> None:
        """The menu items stand in the group of wagtail_hooks."""


__all__ = ["MessagesViewSet"]
