"""Forms for pictures and files: a new one belongs to the division of whoever brings it. Named in settings."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .media_rights import note_division


class PortalImageForm(BaseImageForm):
    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.brought_by = user
        super().__init__(*args, user=user, **kwargs)

    def save(self, commit: bool = True) -> Any:
        note_division(self.instance, self.brought_by)
        return super().save(commit)


class PortalDocumentForm(BaseDocumentForm):
    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.brought_by = user
        super().__init__(*args, user=user, **kwargs)

    def save(self, commit: bool = True) -> Any:
        note_division(self.instance, self.brought_by)
        return super().save(commit)
