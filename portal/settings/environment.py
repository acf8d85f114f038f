"""The environment, read so that a wrong value is told by its name, in Chinese and English, and never as a traceback."""

import re
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

FALSE_WORDS = ("false", "off", "no", "n", "0", "")
SHAPES = {
    int: ("应为整数，例如 600", "a whole number is needed, e.g. 600"),
    float: ("应为数字，例如 1.5", "a number is needed, e.g. 1.5"),
    bool: ("应为 true 或 false", "true or false is needed"),
}


class SettingWrong(ImproperlyConfigured):
    """One line for the terminal: which variable, and what it must look like. Values are not told: some are secrets."""

    def __init__(self, name: str, chinese: str, english: str) -> None:
        super().__init__(f"环境变量 {name}：{chinese}。{name}: {english}. (.env.example)")


RATE = re.compile(r"[1-9]\d*/\d*[smhd]/(ip|user|key)")


class NamedEnv(environ.Env):  # type: ignore[misc] # environ has no types
    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, parse_default: bool = False
    ) -> Any:
        try:
            if cast is bool and str(self.ENVIRON.get(var, "")).lower() not in (
                *self.BOOLEAN_TRUE_STRINGS,
                *FALSE_WORDS,
            ):
                raise ValueError(var)
            return super().get_value(var, cast, default, parse_default)
        except ValueError as error:
            chinese, english = SHAPES.get(cast, ("值不对", "the value is wrong"))
            raise SettingWrong(var, chinese, english) from error

    def required(self, name: str, chinese: str, english: str) -> str:
        if value := str(self.ENVIRON.get(name, "")):
            return value
        raise SettingWrong(name, f"没有设置，{chinese}", f"not set, {english}")

    def folder(self, name: str, default: Path) -> Path:
        """Made where it is missing; whether it can be written is for `doctor` to say."""
        path = Path(str(self.ENVIRON.get(name, "")) or default)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            chinese = f"目录 {path} 建不起来，请先建好，并属于运行本系统的用户"
            english = f"the folder {path} cannot be made; make it first, owned by the account that runs the portal"
            raise SettingWrong(name, chinese, english) from error
        return path

    def times_per_seconds(self, name: str, default: str) -> tuple[int, int]:
        """10/600 as (10, 600)."""
        times, _, seconds = str(self.ENVIRON.get(name, default)).partition("/")
        try:
            return int(times), int(seconds)
        except ValueError as error:
            chinese, english = "应为“次数/秒数”，例如 10/600", "times/seconds is needed, e.g. 10/600"
            raise SettingWrong(name, chinese, english) from error

    def rates(self, name: str, default: str) -> str:
        """100/10m/ip,5/10m/key as allauth reads it: times, span and per whom, several with commas."""
        value = "".join(str(self.ENVIRON.get(name, default)).split())
        if all(RATE.fullmatch(part) for part in value.split(",")):
            return value
        chinese = "应为“次数/时间/对象”，例如 5/10m/user，多项用逗号隔开（时间 s、m、h、d，对象 ip、user、key）"
        raise SettingWrong(name, chinese, "times/span/per is needed, e.g. 5/10m/user; several with commas")

    def database(self, url: str, name: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self.db_url_config(url)
            is_known = found["ENGINE"] in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
        except (ValueError, KeyError, ImproperlyConfigured):
            is_known = False
        if not is_known:
            chinese = "应为 postgres://用户:密码@主机:5432/库名，或 sqlite:////绝对路径"
            english = "postgres://user:password@host:5432/name or sqlite:////absolute/path is needed"
            raise SettingWrong(name, chinese, english)
        return found

    def mail(self, url: str, name: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self.email_url_config(url)
            is_known = bool(found["EMAIL_HOST"]) or not url.startswith("smtp")
        except (ValueError, KeyError, ImproperlyConfigured):
            is_known = False
        if not is_known:
            shape = "smtp+tls://user:password@host:587"
            raise SettingWrong(name, f"应为 {shape}，或留空", f"{shape} is needed, or nothing")
        return found


env = NamedEnv()
KEY_SHAPE = ("应为至少 40 个随机字符", "at least 40 random characters are needed")


def second_factor(*, is_demo: bool) -> bool:
    """STAFF_MFA_REQUIRED; only a demo may do without."""
    is_required: bool = env.bool("STAFF_MFA_REQUIRED", default=not is_demo)
    if not is_required and not is_demo:
        raise SettingWrong(
            "STAFF_MFA_REQUIRED", "只有演示（DEMO=true）可以关闭两步验证", "only a demo (DEMO=true) may turn it off"
        )
    return is_required
