"""Permissions from roles, within the role's division."""

from django.contrib.auth.backends import ModelBackend


class ScopedRoleBackend(ModelBackend):
    """Password check by Django; permissions by role and scope."""
