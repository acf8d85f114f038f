"""Run in the served portal: somebody who works for the unit of `unit` without being its head."""

import os

from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services.roles import assign_role
from portal.accounts.services.users import create_user

post = User.objects.get(username="unit").role_assignments.get(role="unit")
handler = User.objects.filter(username="handler").first() or create_user(username="handler", real_name="经办人示例")
handler.set_password(os.environ["DEMO_PASSWORD"])
handler.save()
assign_role(user=handler, role="unit", division=post.division, unit=post.unit, starts_on=timezone.localdate())
answer = handler.username
