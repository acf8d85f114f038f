"""The scan of a sealed letter, where the committee has made it public."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import Letter
from ..rules.letters import LetterState
from ..selectors.letters import is_all_readable


@require_safe
def letter_scan(request: HttpRequest, pk: int) -> FileResponse:
    """404 as soon as one of its matters is not public any more, whatever was ticked before."""
    rows = Letter.objects.filter(is_scan_public=True, state__in=[LetterState.ISSUED, LetterState.RECEIVED])
    letter = get_object_or_404(rows.exclude(scan=""), pk=pk)
    if not is_all_readable(letter):
        raise Http404
    return paper_response(letter.scan, f"letter-{letter.pk}")


def paper_response(file: object, name: str) -> FileResponse:
    """A paper of staff: a PDF is only ever downloaded, never shown in the portal's own page."""
    ending = str(file.name).rsplit(".", 1)[-1]  # type: ignore[attr-defined]  # a stored file
    kind = "application/pdf" if ending == "pdf" else "image/jpeg"
    response = FileResponse(file.open("rb"), content_type=kind, as_attachment=True, filename=f"{name}.{ending}")  # type: ignore[attr-defined]  # a stored file
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
