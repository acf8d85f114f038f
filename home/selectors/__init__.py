from .proposals import latest_proposals

__all__ = ["latest_proposals"]
