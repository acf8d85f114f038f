from .handbook import handbook

__all__ = ["handbook"]
