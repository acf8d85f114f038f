"""The menu group 人员 in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .permissions import MANAGE_STAFF, PUBLISH_NOTICE, VERIFY_RESIDENT, VIEW_COMMITTEE_POST
from .views import counter, staff, staff_import
from .viewsets import CommitteePostViewSet, HandlingUnitViewSet, NoticeTextViewSet


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLPattern]:
    return [
        path("people/", staff.people, name="accounts_people"),
        path("people/add/", staff.add_person, name="accounts_add_person"),
        path("people/import/", staff_import.upload, name="accounts_import_staff"),
        path("people/import/template/", staff_import.template, name="accounts_staff_template"),
        path("people/<int:pk>/", staff.person, name="accounts_person"),
        path("people/<int:pk>/appoint/", staff.appoint, name="accounts_appoint"),
        path("people/<int:pk>/password/", staff.reset_password, name="accounts_reset_password"),
        path("people/<int:pk>/switch/", staff.switch, name="accounts_switch"),
        path("people/posts/<int:pk>/end/", staff.end_post, name="accounts_end_post"),
        path("people/posts/<int:pk>/hand-over/", staff.hand_over_post, name="accounts_hand_over"),
        path("residents/", counter.counter, name="accounts_counter"),
        path("residents/<int:pk>/release-phone/", counter.release, name="accounts_release_phone"),
    ]


@hooks.register("register_admin_viewset")
def handling_units() -> HandlingUnitViewSet:
    return HandlingUnitViewSet()


@hooks.register("register_admin_viewset")
def committee_posts() -> CommitteePostViewSet:
    return CommitteePostViewSet()


@hooks.register("register_admin_viewset")
def notice_texts() -> NoticeTextViewSet:
    return NoticeTextViewSet()


class PermittedItem(MenuItem):
    def __init__(self, *args: object, permission: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_admin_menu_item")
def people_menu() -> SubmenuMenuItem:
    items = [
        PermittedItem(
            _("核验居民"), reverse_lazy("accounts_counter"), icon_name="user", order=10, permission=VERIFY_RESIDENT
        ),
        PermittedItem(
            _("人员与任职"), reverse_lazy("accounts_people"), icon_name="group", order=20, permission=MANAGE_STAFF
        ),
        PermittedItem(
            _("工委职务"),
            reverse_lazy("accounts_committee_posts:index"),
            icon_name="group",
            order=25,
            permission=VIEW_COMMITTEE_POST,
        ),
        PermittedItem(
            _("承办单位"),
            reverse_lazy("accounts_handling_units:index"),
            icon_name="form",
            order=30,
            permission="accounts.change_handlingunit",
        ),
        PermittedItem(
            _("规则文本"),
            reverse_lazy("accounts_notice_texts:index"),
            icon_name="doc-full",
            order=40,
            permission=PUBLISH_NOTICE,
        ),
    ]
    return SubmenuMenuItem(_("人员"), Menu(items=items), icon_name="user", order=800)


@hooks.register("construct_settings_menu")
def hide_wagtails_users(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != "users"]
