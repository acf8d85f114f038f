"""阿里云短信: SendSms of Dysmsapi 2017-05-25 over signed HTTP (ACS3-HMAC-SHA256), without their SDK.

Templates are registered with the provider, so that only their parameters travel: ${title} and ${number} of a notice,
${code} of a code. Addresses are refused in parameters; whoever must answer finds the matter by its number.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .base import NotSent
from .sms import Text

ALGORITHM = "ACS3-HMAC-SHA256"
PARAMETER_LENGTH = 35
# what the gateway says of one number or one text, which another try does not mend
REFUSED = {
    "isv.MOBILE_NUMBER_ILLEGAL",
    "isv.MOBILE_COUNT_OVER_LIMIT",
    "isv.BLACK_KEY_CONTROL_LIMIT",
    "isv.PARAM_LENGTH_LIMIT",
    "isv.PARAM_NOT_SUPPORT_URL",
    "isv.INVALID_JSON_PARAM",
    "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
}
# too many to this number: later
THROTTLED = {"isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL"}
# it may have been taken all the same
UNKNOWN = {"isp.SYSTEM_ERROR", "isp.GATEWAY_ERROR", "isp.UNKNOWN"}


def encoded(value: str) -> str:
    return quote(value, safe="-_.~")


def canonical_query(parameters: Mapping[str, str]) -> str:
    return "&".join(f"{encoded(name)}={encoded(value)}" for name, value in sorted(parameters.items()))


def authorization(*, method: str, query: str, headers: Mapping[str, str], key_id: str, secret: str) -> str:
    """The Authorization header; `headers` in lower case are host, content-type and all that begin with x-acs-."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join([method, "/", query, lines, names, headers["x-acs-content-sha256"]])
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"


class AliyunGateway:
    def __init__(self) -> None:
        self.account: Mapping[str, str] = settings.SMS_ALIYUN

    def why_unavailable(self) -> str:
        names = ["key_id", "key_secret", "notice_template", "code_template"]
        missing = [f"SMS_ALIYUN_{name.upper()}" for name in names if not self.account[name]]
        missing += [] if settings.SMS_SIGN else ["SMS_SIGN"]
        return _("短信没有开通：请管理员设置 %s。") % "、".join(missing) if missing else ""

    def send(self, text: Text) -> None:
        parameters = {name: value[:PARAMETER_LENGTH] for name, value in text.parameters.items()}
        self._call(
            {
                "PhoneNumbers": text.number,
                "SignName": settings.SMS_SIGN,
                "TemplateCode": self.account[f"{text.template}_template"],
                "TemplateParam": json.dumps(parameters, ensure_ascii=False, separators=(",", ":")),
                "OutId": text.key,  # comes back in the provider's receipts, for whoever asks after an uncertain one
            }
        )

    def _call(self, parameters: dict[str, str]) -> None:
        address, query = urlsplit(self.account["endpoint"]), canonical_query(parameters)
        headers = {
            "host": address.netloc,
            "x-acs-action": "SendSms",
            "x-acs-version": "2017-05-25",
            "x-acs-date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        }
        headers["Authorization"] = authorization(
            method="POST",
            query=query,
            headers=headers,
            key_id=self.account["key_id"],
            secret=self.account["key_secret"],
        )
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        connection = kind(address.netloc, timeout=settings.SMS_TIMEOUT)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise NotSent(_("短信网关没有应答：%s") % error, is_down=True) from error
            # from here on a break leaves the text uncertain, and the error goes through
            connection.request("POST", f"/?{query}", headers=headers)
            answer = connection.getresponse()
            status, body = answer.status, answer.read()
        finally:
            connection.close()
        _judge(status, body)


def _judge(status: int, body: bytes) -> None:
    try:
        said = json.loads(body)
        code, words = str(said.get("Code", "")), str(said.get("Message", ""))
    except (ValueError, AttributeError):
        code, words = "", ""
    if status == 200 and code == "OK":
        return
    problem = _("短信网关拒绝：%s") % f"{code or status} {words}".strip()
    if code in REFUSED:
        raise NotSent(problem, is_final=True)
    if code in THROTTLED:
        raise NotSent(problem)
    if code in UNKNOWN or (status >= 500 and status != 503) or (status == 200 and not code):
        raise HTTPException(problem)
    # too fast, no money, a wrong key, sign or template: it is the account, not this text
    raise NotSent(problem, is_down=True)
