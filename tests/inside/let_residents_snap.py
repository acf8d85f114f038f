"""Run in the served portal: from today the terms of the street with CODE let residents send photo reports."""

import os

from django.utils import timezone

from portal.jurisdictions.models import Division
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue

street = Division.objects.get(code=os.environ["CODE"])
add_terms_period(
    division=street, starts_on=timezone.localdate(), reason="示例", values={"resident_snaps": StatedValue(value=True)}
)
answer = street.name
