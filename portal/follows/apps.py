from django.apps import AppConfig


class FollowsConfig(AppConfig):
    name = "portal.follows"
    label = "follows"
