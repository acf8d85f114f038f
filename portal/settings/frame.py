"""The frame: form renderer, error views, content policies."""

from csp.constants import NONCE

FORM_RENDERER = "portal.frame.renderers.PortalFormRenderer"
CSRF_FAILURE_VIEW = "portal.frame.views.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editors' preview
LONGEST_ADDRESS = 4000  # path and query; what our own pages make stays far below
STAFF_PATH_PREFIX = "/admin/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
STAFF_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", NONCE],
    "style-src": ["'self'", NONCE],
    "style-src-attr": ["'unsafe-inline'"],  # Wagtail and Draftail position things by style attributes
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'", "blob:"],
}
