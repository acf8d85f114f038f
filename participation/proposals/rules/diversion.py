"""Where it stood before reports shared it; reception records still read it here."""

from participation.ledger.rules.diversion import CHANNELS, DiversionChannel, suggested_channels

__all__ = ["CHANNELS", "DiversionChannel", "suggested_channels"]
