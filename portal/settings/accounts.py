"""Doors, codes, two factors, sessions (docs/accounts.md)."""

from .environment import env
from .gate import TRUSTED_PROXY_COUNT

# --- Doors: phone code first, e-mail code, and user name with password for staff --------------------------------
ACCOUNT_ADAPTER = "portal.accounts.adapters.account.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email", "username"}
# which of the two a visitor fills depends on the door (forms.ResidentSignupForm)
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = env.int("LOGIN_CODE_SECONDS", default=300)
CODE_WAIT_SECONDS = env.int("CODE_WAIT_SECONDS", default=60)  # between two codes to one number, and in one session
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False  # a password session ends with the browser
ACCOUNT_USERNAME_BLACKLIST = ["root", "system"]
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.doors.PasswordLoginForm",
    "signup": "portal.accounts.forms.doors.ResidentSignupForm",
    "request_login_code": "portal.accounts.forms.doors.CodeRequestForm",
    "confirm_login_code": "portal.accounts.forms.doors.LoginCodeForm",
    "verify_phone": "portal.accounts.forms.doors.PhoneCodeForm",
    "confirm_email_verification_code": "portal.accounts.forms.doors.EmailCodeForm",
    "change_phone": "portal.accounts.forms.doors.PhoneForm",
    "add_email": "portal.accounts.forms.doors.EmailForm",
    "reset_password": "portal.accounts.forms.doors.ForgottenForm",
    "change_password": "portal.accounts.forms.doors.NewPasswordForm",
    "set_password": "portal.accounts.forms.doors.FirstPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.doors.ResetPasswordForm",
    "confirm_password_reset_code": "portal.accounts.forms.doors.ResetCodeForm",
}
# per account: five wrong passwords in five minutes; per address: generous, for an office behind one address
ACCOUNT_RATE_LIMITS = {
    "login": env.rates("LIMIT_LOGIN", "300/5m/ip"),
    "login_failed": env.rates("LIMIT_LOGIN_FAILED", "100/5m/ip,5/5m/key"),
    "request_login_code": env.rates("LIMIT_LOGIN_CODE", "100/10m/ip,5/10m/key"),
    "verify_phone": env.rates("LIMIT_VERIFY_PHONE", "100/10m/ip,5/10m/key"),
    "confirm_email": env.rates("LIMIT_CONFIRM_EMAIL", "5/10m/key"),
    "signup": env.rates("LIMIT_SIGNUP", "200/10m/ip"),
    "reset_password": env.rates("LIMIT_RESET_PASSWORD", "100/10m/ip,5/10m/key"),
    "change_phone": env.rates("LIMIT_CHANGE_PHONE", "5/10m/user"),
}

# --- Two factors ------------------------------------------------------------------------------------------------
STAFF_MFA_REQUIRED = True  # environment.second_factor: only a demo may turn it off
MFA_ADAPTER = "portal.accounts.adapters.mfa.PortalMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.second_factor.SecondFactorForm",
    "reauthenticate": "portal.accounts.forms.second_factor.SecondFactorAgainForm",
    "activate_totp": "portal.accounts.forms.second_factor.NewAuthenticatorForm",
    "add_webauthn": "portal.accounts.forms.second_factor.NewKeyForm",
    "edit_webauthn": "portal.accounts.forms.second_factor.RenamedKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off

# --- Sessions ---------------------------------------------------------------------------------------------------
STAFF_IDLE_SECONDS = env.int("STAFF_IDLE_SECONDS", default=15 * 60)
RESIDENT_IDLE_SECONDS = env.int("RESIDENT_IDLE_SECONDS", default=60 * 60)
KEPT_TEXT_BYTES = env.int("KEPT_TEXT_BYTES", default=64 * 1024)

# --- The second fact: numbers are recycled (decisions 15) -------------------------------------------------------
SECOND_FACT_AFTER_DAYS = env.int("SECOND_FACT_AFTER_DAYS", default=180)
KNOWN_DEVICE_DAYS = env.int("KNOWN_DEVICE_DAYS", default=400)

# --- One door: Wagtail has no log-in, passwords or user editing of its own --------------------------------------
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
