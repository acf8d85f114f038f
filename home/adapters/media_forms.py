"""Forms for pictures and files: a new one belongs to the division of whoever brings it. Named in settings."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .media_rights import note_division


class BroughtByUser:
    """Notes the division of the `user` the form was opened for."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.brought_by = user
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]  # the form it is mixed into

    def save(self, commit: bool = True) -> Any:
        note_division(self.instance, self.brought_by)  # type: ignore[attr-defined]  # the form it is mixed into
        return super().save(commit)  # type: ignore[misc]  # the form it is mixed into


class PortalImageForm(BroughtByUser, BaseImageForm):
    def save(self, commit: bool = True) -> Any:
        """Another focal point makes other crops: the old ones go, and the job `make_pictures` makes the new."""
        if commit and any(name.startswith("focal_point") for name in self.changed_data):
            self.instance.renditions.all().delete()
        return super().save(commit)


class PortalDocumentForm(BroughtByUser, BaseDocumentForm):
    pass
