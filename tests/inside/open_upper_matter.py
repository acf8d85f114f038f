"""Run in the served portal: a matter of an upper level by `resident2`, waiting for its way; `deputy` and
another are of the county's congress."""

import os
from datetime import timedelta

from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.deputies.selectors import congress_of
from participation.ledger.services import NewItem, NewParty, open_item
from portal.accounts.models import User
from portal.jurisdictions.selectors import division_by_code

place = division_by_code("430381001000")
today = timezone.localdate()
deputy = User.objects.get(username="deputy")
for user, name in ((deputy, "代表示例一"), (None, "代表示例二")):
    Deputy.objects.get_or_create(
        name=name,
        defaults={
            "user": user, "level": "county", "division": place, "congress": congress_of(place, "county"),
            "term": "第十八届", "starts_on": today - timedelta(days=365),
        },
    )  # fmt: skip
new = NewItem(
    source="proposal",
    division=place,
    title=os.environ["TITLE"],
    summary="货车穿城而过，噪声和扬尘大，希望改走外环。",
    raised_on=today,
    matter_level="upper",
    parties=(NewParty(user=User.objects.get(username="resident2")),),
)
item = open_item(new=new, by=User.objects.get(username="committee"))
answer = [item.pk, item.get_absolute_url()]
