from .personal_data import Masked, PersonalHit, find_personal_data, mask
from .words import LEVELS, Hit, Matcher, Word, compact

__all__ = ["LEVELS", "Hit", "Masked", "Matcher", "PersonalHit", "Word", "compact", "find_personal_data", "mask"]
