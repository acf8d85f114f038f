"""Limits and the arithmetic question. Each limit is `times/seconds` in the environment: GATE_LOOKUP=10/600."""

from .environment import env


def rate(name: str, times: int, seconds: int) -> tuple[int, int]:
    """(times, seconds) from GATE_<NAME>, or the default."""
    return env.times_per_seconds(f"GATE_{name.upper()}", f"{times}/{seconds}")


# How many of our own proxies append to X-Forwarded-For; 0 means the header is not believed at all.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

GATE_LIMITS = {
    # name: per account or form key; name_address: per address, generous, ends in a question and never in a lock-out
    "anonymous_write": rate("anonymous_write", 10, 600),
    "anonymous_write_address": rate("anonymous_write_address", 60, 600),
    "signup": rate("signup", 5, 3600),
    "signup_address": rate("signup_address", 60, 3600),
    "lookup": rate("lookup", 10, 600),
    "lookup_address": rate("lookup_address", 60, 600),
    # tries per number, right or wrong; used up, it answers "later" to everybody, known number or not
    "lookup_number": rate("lookup_number", 5, 300),
    "correction": rate("correction", 10, 3600),
    "correction_address": rate("correction_address", 30, 3600),
    # requests for suggestions while somebody types in the search box
    "suggest_address": rate("suggest_address", 120, 60),
    "message": rate("message", 10, 3600),
    "message_address": rate("message_address", 60, 3600),
    # codes sent to one number to prove it for a message without an account
    "message_code": rate("message_code", 5, 3600),
    "report": rate("report", 10, 3600),
    "report_address": rate("report_address", 30, 3600),
    "comment": rate("comment", 20, 3600),
    "comment_address": rate("comment_address", 100, 3600),
    "snap": rate("snap", 20, 3600),
    "snap_address": rate("snap_address", 100, 3600),
    "proposal": rate("proposal", 10, 3600),
    "proposal_address": rate("proposal_address", 100, 3600),
    "second_fact": rate("second_fact", 5, 3600),
    "export": rate("export", 10, 3600),
    # a form that comes back sooner than this was not read by a person (the second number is not used)
    "form_seconds": rate("form_seconds", 2, 1),
}

CAPTCHA_CHALLENGE_FUNCT = "portal.gate.services.arithmetic_challenge"
CAPTCHA_TIMEOUT = 24 * 60  # minutes: a long text takes its time
CAPTCHA_FONT_SIZE = 34
CAPTCHA_LETTER_ROTATION = (-12, 12)
CAPTCHA_NOISE_FUNCTIONS = ("captcha.helpers.noise_arcs",)
CAPTCHA_FOREGROUND_COLOR = "#1D2126"
CAPTCHA_2X_IMAGE = True
CAPTCHA_FLITE_PATH = None
