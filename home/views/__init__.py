from .handbook import handbook
from .plain_page import plain_add, plain_edit

__all__ = ["handbook", "plain_add", "plain_edit"]
