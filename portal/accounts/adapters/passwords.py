"""Django's password rules, in words that fit the site: 您, and what to do."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class NotLikeOwnData(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("密码和您的%(verbose_name)s太像，请换一个。")

    def get_help_text(self) -> str:
        return _("不要和您的用户名、姓名、邮箱相似。")


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("密码太短，至少要 %d 个字符。") % self.min_length

    def get_help_text(self) -> str:
        return _("至少 %d 个字符。") % self.min_length


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("这个密码太常见，容易被猜到，请换一个。")

    def get_help_text(self) -> str:
        return _("不要用常见的密码。")


class NotOnlyDigits(NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("密码不能全是数字，请加几个字母或符号。")

    def get_help_text(self) -> str:
        return _("不要全是数字。")
