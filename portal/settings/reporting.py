"""What a mailed error report may say: the place in the code, and nothing that a person typed."""

from typing import Any

from django.views.debug import ExceptionReporter


class BareReporter(ExceptionReporter):
    """The traceback alone: no form values, cookies, settings or local variables."""

    def get_traceback_text(self) -> str:
        frames = self.get_traceback_frames()
        lines = [f"{frame['filename']}:{frame['lineno']} {frame['function']}" for frame in frames]
        return "\n".join([getattr(self.exc_type, "__name__", "Error"), *lines])

    def get_traceback_html(self) -> str:
        return ""

    def get_traceback_data(self) -> dict[str, Any]:
        return {}
