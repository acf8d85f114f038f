"""Rows that let nobody in, each with the reason: none may stand there for want of an object or of a thought."""

HAS_ONE_DOOR = "there is one log-in, at /accounts/login/: Wagtail's own leads there"
NEVER_EDITED = "made by services and never edited in a form, by superusers neither"
NEVER_DELETED = "switched off or kept for ever, never deleted"
PEOPLE_HAVE_SERVICES = "people are managed by our services, with scope and record: Wagtail's user screens are closed"
ASKS_AGAIN = "asks for the password again first (tests/portal/accounts/test_doors.py)"
SETUP_IS_OVER = "answers on an empty install only (tests/portal/setup)"
NO_SUCH_MODEL = "this portal registers no such model with Wagtail"

CLOSED: dict[str, str] = {
    "/admin/login/": HAS_ONE_DOOR,
    "/admin/password_reset/": HAS_ONE_DOOR,
    "wagtailadmin_password_reset_done": HAS_ONE_DOOR,
    "wagtailadmin_password_reset_confirm": HAS_ONE_DOOR,
    "wagtailadmin_password_reset_complete": HAS_ONE_DOOR,
    "/admin//": "every unknown address under /admin/: not found",
    "wagtail_bulk_action": f"{PEOPLE_HAVE_SERVICES}; the bulk actions of pages and files are in test_bulk_actions.py",
    "wagtailusers_users:index": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:index_results": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:add": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:edit": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:delete": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:history": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:history_results": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:usage": PEOPLE_HAVE_SERVICES,
    "wagtailusers_users:copy": PEOPLE_HAVE_SERVICES,
    "wagtailforms:list_submissions": NO_SUCH_MODEL,
    "wagtailforms:list_submissions_results": NO_SUCH_MODEL,
    "wagtailforms:delete_submissions": NO_SUCH_MODEL,
    "wagtailsettings:edit(app_name,model_name)": NO_SUCH_MODEL,
    "wagtailsettings:edit(app_name,model_name,pk)": NO_SUCH_MODEL,
    "wagtailsettings:preview_on_edit": NO_SUCH_MODEL,
    "wagtailsnippets:index": NO_SUCH_MODEL,
    "wagtailimages:url_generator": "addresses of pictures outside pages are switched off",
    "wagtailimages:url_generator_output": "addresses of pictures outside pages are switched off",
    "corrections_admin:add": "written by visitors, at /corrections/",
    "corrections_admin:delete": NEVER_DELETED,
    "accounts_handling_units:delete": NEVER_DELETED,
    "accounts_notice_texts:edit": "a new version is published, none is changed",
    "accounts_notice_texts:delete": NEVER_DELETED,
    "accounts_notice_texts:usage": "no other row refers to a version",
    "lookup_query_codes:edit": NEVER_EDITED,
    "lookup_query_codes:delete": NEVER_DELETED,
    "lookup_query_codes:usage": "no other row refers to it",
    "outbox_notice_tasks:add": "made by the outbox",
    "outbox_notice_tasks:delete": NEVER_DELETED,
    "outbox_deliveries:add": "made by the outbox",
    "outbox_deliveries:delete": NEVER_DELETED,
    "account_reauthenticate": ASKS_AGAIN,
    "account_confirm_password_reset_code": "needs a code asked for in the same session",
    "mfa_reauthenticate": ASKS_AGAIN,
    "mfa_deactivate_totp": ASKS_AGAIN,
    "mfa_view_recovery_codes": ASKS_AGAIN,
    "mfa_download_recovery_codes": ASKS_AGAIN,
    "mfa_reauthenticate_webauthn": ASKS_AGAIN,
    "setup:token": SETUP_IS_OVER,
    "setup:account": SETUP_IS_OVER,
    "setup:division": SETUP_IS_OVER,
    "setup:terms": SETUP_IS_OVER,
    "setup:site": SETUP_IS_OVER,
    "setup:check": SETUP_IS_OVER,
    "home:security_text": "no contact is set in the tests: not found",
}
