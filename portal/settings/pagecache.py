"""Kept pages for anonymous visitors: docs/caching.md."""

from .environment import env

PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=300)  # a kept page lives no longer; 0 keeps none
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", default=32 * 1024 * 1024)  # in each worker
# Written all the time and shown to no anonymous visitor. A table that is not named here makes pages anew.
PAGE_CACHE_QUIET_TABLES = frozenset(
    {
        "django_session",
        "usersessions_usersession",
        "portal_cache",
        "captcha_captchastore",
        "idempotency_done",
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        "accounts_consent",
        "lookup_querycodeissue",
        "outbox_message",
        "outbox_delivery",
        "outbox_noticetask",
        "outbox_noticetry",
        "outbox_preference",
        "outbox_digest",
        "outbox_digesthour",
        "outbox_channelrest",
        "outbox_smsday",
        "proposals_draft",
        "home_portalrendition",  # made while a page is made
        "operations_jobrun",
        "wagtailcore_modellogentry",
        "wagtailcore_pagelogentry",
        "wagtailcore_revision",
        "wagtailcore_referenceindex",
        "wagtailcore_uploadedfile",
        "wagtailadmin_editingsession",
        "wagtailadmin_formstate",
        "wagtailcore_comment",
        "wagtailcore_commentreply",
        "wagtailcore_pagesubscription",
        "wagtailusers_userprofile",
    }
)
