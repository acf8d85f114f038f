"""AES-256-GCM over short texts: values and keys in, values out. A stored value is `v1.<key id>.<base64url>`."""

import base64
import binascii
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = "v1"
NONCE_BYTES = 12


class WrongKey(ValueError):
    """The value was sealed under a key that is not configured, or it was damaged."""


def derive(secret: str, purpose: str, length: int = 32) -> bytes:
    """One independent key per purpose out of one secret of at least 32 characters."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"portal:{purpose}".encode()).derive(secret.encode())


def key_id(secret: str) -> str:
    """Eight hex digits that name a key without giving it away."""
    return derive(secret, "key-id", 4).hex()


def seal(text: str, secret: str) -> str:
    header = f"{VERSION}.{key_id(secret)}"
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(derive(secret, "field")).encrypt(nonce, text.encode(), header.encode())
    return f"{header}.{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def key_id_of(stored: str) -> str:
    """The id of the key that sealed `stored`; raises WrongKey when it is no sealed value at all."""
    parts = stored.split(".")
    if len(parts) != 3 or parts[0] != VERSION:
        raise WrongKey("not a sealed value of a known version")
    return parts[1]


def unseal(stored: str, secrets: list[str]) -> str:
    """The text, with whichever of `secrets` sealed it."""
    wanted = key_id_of(stored)
    secret = next((secret for secret in secrets if key_id(secret) == wanted), None)
    if secret is None:
        raise WrongKey(f"sealed under key {wanted}, which is not configured")
    header, _, payload = stored.rpartition(".")
    try:
        sealed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        text = AESGCM(derive(secret, "field")).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], header.encode())
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise WrongKey(f"the value sealed under key {wanted} is damaged") from error
    return text.decode()


def mac(text: str, secret: str, purpose: str) -> bytes:
    """HMAC-SHA-256 under a key of its own for each purpose."""
    return hmac.new(derive(secret, f"mac:{purpose}"), text.encode(), hashlib.sha256).digest()
