"""What listeners get: events as JSON, and the headers that prove who sent it. Pure; an API, see docs/events.md."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId

MOST_BYTES = 500_000
"""Of one message, but for a single event that is larger: receivers limit bodies, often to a megabyte."""

TIMESTAMP_HEADER = "X-Presswalk-Timestamp"
SIGNATURE_HEADER = "X-Presswalk-Signature"


def event_json(document: Mapping[str, Any]) -> str:
    """An event of the outbox on one line: its number is the ``cursor``, its ``_id`` the ``id``."""
    told = {"cursor": document["seq"], "id": document["_id"]}
    told |= {name: value for name, value in document.items() if name not in ("_id", "seq")}
    return json.dumps(told, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> str:
    """Dates as RFC 3339 in UTC, ids as hexadecimal digits."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, ObjectId):
        return str(value)
    raise TypeError(f"an event has a {type(value).__name__}, which has no form in JSON")


def body_of(events: Sequence[Mapping[str, Any]], most: int, most_bytes: int = MOST_BYTES) -> tuple[bytes, int]:
    """The message with the first of these events, as many as fit, and how many that are: at least one."""
    lines: list[bytes] = []
    size = 0
    for document in events[:most]:
        line = event_json(document).encode("utf-8", "backslashreplace")
        size += len(line) + 1
        if lines and size > most_bytes:
            break
        lines.append(line)
    return b'{"events":[' + b",".join(lines) + b"]}", len(lines)


def headers_of(body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """The headers of a message; signed if there is a secret. The same message has the same key each time."""
    stamp = str(int(now.timestamp()))
    key = hashlib.sha256(body).hexdigest()
    headers = {"Content-Type": "application/json", "Idempotency-Key": f'"{key}"', TIMESTAMP_HEADER: stamp}
    if secret:
        digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers[SIGNATURE_HEADER] = f"sha256={digest}"
    return headers
