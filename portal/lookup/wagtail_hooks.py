from wagtail import hooks

from .viewsets import QueryCodeIssueViewSet


@hooks.register("register_admin_viewset")
def register_query_codes() -> QueryCodeIssueViewSet:
    return QueryCodeIssueViewSet()
