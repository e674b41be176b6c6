"""HMAC signatures over the raw bytes of a body, compared in constant time."""

import hashlib
import hmac
from typing import Literal

METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""Those of the W3C Recommendation WebSub, 7.1. WordPress.com signs with sha1 only; as an HMAC it still holds."""

Verdict = Literal["right", "wrong", "missing", "unknown_method"]


def sign(body: bytes, secret: str, method: str = "sha256") -> str:
    """``method=hex``, as it stands in the header."""
    return f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"


def check(header: str | None, body: bytes, secret: str) -> Verdict:
    """Whether a signature header is right for this body and secret."""
    if not header or not secret:
        return "missing"
    method, _, value = header.strip().partition("=")
    if method.lower() not in METHODS:
        return "unknown_method"
    expected = sign(body, secret, method.lower()).partition("=")[2]
    return "right" if is_same(value.lower(), expected) else "wrong"


def is_same(given: str, expected: str) -> bool:
    """Compare without telling by the time it takes where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode())
