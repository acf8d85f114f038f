from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class PageCacheConfig(AppConfig):
    name = "portal.pagecache"
    label = "pagecache"

    def ready(self) -> None:
        from .watching import watch

        if settings.PAGE_CACHE_SECONDS:
            connection_created.connect(watch, dispatch_uid="pagecache.watch")
