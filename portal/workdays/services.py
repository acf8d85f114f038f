from collections.abc import Iterable

from django.db import transaction

from .models import CalendarDay


@transaction.atomic
def put_days(*, days: Iterable[CalendarDay]) -> tuple[int, int]:
    """Add the days, or replace those already listed; (created, updated). All or none."""
    created = updated = 0
    for day in days:
        fields = {"is_workday": day.is_workday, "name": day.name, "source_paper": day.source_paper}
        _day, is_new = CalendarDay.objects.update_or_create(date=day.date, defaults=fields)
        created += is_new
        updated += not is_new
    return created, updated
