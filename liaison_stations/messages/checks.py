"""For `doctor`: codes on walls that lead nowhere."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.operations.registry import Finding

from .models import DeputyQrCode


def findings() -> list[Finding]:
    """A valid code of a deputy out of office or of a station whose page is gone: who scans it is only led on."""
    today = timezone.localdate()
    gone = Q(deputy__is_void=True) | Q(deputy__ends_on__lt=today) | Q(station__live=False)
    found = DeputyQrCode.objects.valid().filter(gone).count()
    if not found:
        return []
    problem = _("有%d个在用的码属于卸任的代表或没有公开的联络站（点）") % found
    return [Finding(problem, _("在后台“联络站码、代表码”里停用，并取下海报"), is_serious=False)]
