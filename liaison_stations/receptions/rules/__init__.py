"""What can be decided on paper: the scheme's month check, days, conflicts, a month's plan, booking, names in public."""
