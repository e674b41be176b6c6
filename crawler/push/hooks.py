"""The webhook for people who run their own WordPress: ``POST /hooks/site`` with the URL of the site, authenticated.

Either ``Authorization: Bearer TOKEN`` (RFC 6750) or ``X-Presswalk-Signature: sha256=HEX``, the HMAC of the body.
"""

import json
from collections.abc import Sequence

from crawler.push import signature
from crawler.push.messages import Refused, form_fields, media_type, only, refusal

SIGNATURE_HEADER = "x-presswalk-signature"
LARGEST = 65_536
TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})


def check_sender(authorization: str | None, signed: str | None, body: bytes, secrets: Sequence[str]) -> None:
    """Whether the sender knows one of the secrets, as a token or as the key of the signature. Raises Refused."""
    known = [secret for secret in secrets if secret]
    scheme, _, token = (authorization or "").strip().partition(" ")
    by_token = scheme.lower() == "bearer" and any(signature.is_same(token.strip(), secret) for secret in known)
    by_signature = any(signature.check(signed, body, secret) == "right" for secret in known)
    if not (by_token or by_signature):
        raise refusal("token", 401, "a known token or signature is needed", www_authenticate="Bearer")


def parse_site(body: bytes, content_type: str | None) -> str:
    """The URL in ``{"site": URL}`` or in the form field ``site``. Raises Refused."""
    if media_type(content_type) == "application/json":
        url = _in_json(body)
    else:
        try:
            url = only(form_fields(body), "site")
        except ValueError:
            raise _no_site() from None
    if not url:
        raise _no_site()
    return url


def _in_json(body: bytes) -> str:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise _no_site() from None
    url = told.get("site") if isinstance(told, dict) else None
    return url if isinstance(url, str) else ""


def _no_site() -> Refused:
    return refusal("no_site", 400, 'no site in the body; expected is {"site": "https://news.example"}')
