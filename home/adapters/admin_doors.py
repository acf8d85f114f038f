"""Doors that Wagtail opens to everybody in its admin, narrowed to those whose work needs them.

Choosers, their API and the modal parts of the page editor list pages, pictures and files of the whole site; the site's
history lists who changed what. Wagtail asks for no more than access to the admin there.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.pages.adapters.page_rights import ACTIONS, unseen_pages

from .page_turns import IN_TURN, in_turn

View = Callable[..., HttpResponseBase]
Allowed = Callable[[Any], bool]
VIEW_SITE_HISTORY = "home.view_site_history"


def works_on_pages(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(user, ACTIONS))


def may(permission: str) -> Allowed:
    return lambda user: user.has_perm(permission)


chooses_images, chooses_documents = may("home.choose_portalimage"), may("home.choose_portaldocument")
sees_history, arranges_reviews = may(VIEW_SITE_HISTORY), may("wagtailcore.add_workflow")

DOORS: dict[str, Allowed] = {
    "wagtailadmin_api:pages:listing": works_on_pages,
    "wagtailadmin_pages:choose_parent": works_on_pages,
    "wagtailadmin_pages:move_confirm": works_on_pages,
    "wagtailadmin_pages:confirm_workflow_cancellation": works_on_pages,
    "wagtailadmin_pages:revisions_index": works_on_pages,
    "wagtailadmin_choose_page": works_on_pages,
    "wagtailadmin_choose_page_child": works_on_pages,
    "wagtailadmin_choose_page_search": works_on_pages,
    "wagtailadmin_choose_page_chosen_multiple": works_on_pages,
    "wagtailadmin_choose_page_external_link": works_on_pages,
    "wagtailadmin_choose_page_email_link": works_on_pages,
    "wagtailadmin_choose_page_phone_link": works_on_pages,
    "wagtailadmin_choose_page_anchor_link": works_on_pages,
    "wagtailadmin_tag_autocomplete": works_on_pages,
    "wagtailadmin_tag_model_autocomplete": works_on_pages,
    "wagtailadmin_block_preview": works_on_pages,
    "wagtailembeds:chooser": works_on_pages,
    "wagtailembeds:chooser_upload": works_on_pages,
    **{
        f"proposal_chooser:{name}": works_on_pages for name in ("choose", "choose_results", "chosen", "chosen_multiple")
    },
    **{f"wagtailimages_chooser:{name}": chooses_images for name in ("choose", "choose_results", "chosen_multiple")},
    **{f"wagtailadmin_api:images:{name}": chooses_images for name in ("listing", "detail", "find")},
    **{f"wagtaildocs_chooser:{name}": chooses_documents for name in ("choose", "choose_results", "chosen_multiple")},
    **{f"wagtailadmin_api:documents:{name}": chooses_documents for name in ("listing", "detail", "find")},
    "wagtailadmin_workflows:task_chooser": arranges_reviews,
    "wagtailadmin_workflows:task_chooser_results": arranges_reviews,
    "wagtailadmin_workflows:task_chooser_create": arranges_reviews,
    "wagtailadmin_workflows:task_chosen": arranges_reviews,
    # names the page of each kind that was changed last, drafts included
    "wagtailadmin_reports:page_types_usage": sees_history,
    "wagtailadmin_reports:page_types_usage_results": sees_history,
    "wagtailadmin_reports:site_history": sees_history,
    "wagtailadmin_reports:site_history_results": sees_history,
    "wagtailadmin_error_test": lambda user: bool(user.is_superuser),
}


def _guarded(view: View, allowed: Allowed) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # who may not enter the admin at all is answered by Wagtail's own guard, further in
        if request.user.has_perm("wagtailadmin.access_admin") and not allowed(request.user):
            refusal: HttpResponseBase = permission_denied(request)
            return refusal
        return view(request, *args, **kwargs)

    return wrapper


# what names a page in an address or in its query, on the doors that open any page of the site
NAMED_BY = ("page_id", "pk", "page_to_move_id", "parent_page_id", "pageid", "parent_id")
ASKED_BY = ("id", "ids", "child_of", "root_page")


FOR_PAGES = ("wagtailadmin_pages:", "wagtailadmin_explore", "wagtailadmin_choose_page", "wagtailadmin_api:pages:")


def _unseen(view: View) -> View:
    """Others' own business (`PortalPage.is_own_business`) is told as if it were not there."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = [*(str(kwargs.get(name, "")) for name in NAMED_BY)]
        asked += [each for name in ASKED_BY for text in request.GET.getlist(name) for each in text.split(",")]
        numbers = {int(each) for each in asked if each.isascii() and each.isdigit() and len(each) < 12}
        if numbers and request.user.has_perm("wagtailadmin.access_admin"):
            hidden = unseen_pages(request.user)
            if hidden is not None and Page.objects.filter(hidden, pk__in=numbers).exists():
                refusal: HttpResponseBase = permission_denied(request)
                return refusal
        return view(request, *args, **kwargs)

    return wrapper


def guard(patterns: Iterable[URLPattern | URLResolver], namespaces: tuple[str, ...] = ()) -> None:
    """Put the guards before the views of these patterns, in place."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            guard(pattern.url_patterns, inner)
            continue
        key = ":".join([*namespaces, pattern.name or ""])
        if key.startswith(FOR_PAGES):
            pattern.callback = _unseen(pattern.callback)
        if allowed := DOORS.get(key):
            pattern.callback = _guarded(pattern.callback, allowed)
        if namespaces == ("wagtailadmin_pages",) and pattern.name in IN_TURN:
            pattern.callback = in_turn(pattern.callback, pattern.name)
