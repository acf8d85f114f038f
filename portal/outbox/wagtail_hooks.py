from wagtail import hooks

from .viewsets import OutboxGroup


@hooks.register("register_admin_viewset")
def register_outbox_group() -> OutboxGroup:
    return OutboxGroup()
