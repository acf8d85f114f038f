"""The public pages of messages."""
