"""What the protocols say to the HTTP server: an answer, or that a request is refused and how that is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl

By = Literal["ping", "websub", "rsscloud", "webhook"]
"""How a site told that it changed."""

_MOST_FIELDS = 50
"""Of a form. WebSub and rssCloud need eight."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; ``headers`` besides Content-Type and Content-Length."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """A request that nothing is done for. ``reason`` is the name it is counted under."""

    def __init__(self, reason: str, answer: Answer) -> None:
        super().__init__(reason)
        self.reason = reason
        self.answer = answer


def refusal(reason: str, status: int, words: str, **headers: str) -> Refused:
    """A refusal in words, one line of plain text. ``allow="GET"`` becomes the header ``Allow``."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return Refused(reason, Answer(status, f"{words}\n".encode(), headers=named))


def form_fields(body: bytes | str) -> dict[str, list[str]]:
    """The fields of a form or a query (``application/x-www-form-urlencoded``). Raises ValueError for too many."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS):
        fields.setdefault(name, []).append(value)
    return fields


def only(fields: Mapping[str, list[str]], name: str) -> str:
    """The value of a field that is there once; empty if it is missing or repeated."""
    values = fields.get(name, [])
    return values[0] if len(values) == 1 else ""


def media_type(content_type: str | None) -> str:
    """``text/xml`` of ``Text/XML; charset=utf-8``; empty for none."""
    return (content_type or "").partition(";")[0].strip().lower()
