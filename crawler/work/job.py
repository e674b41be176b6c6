"""A site that waits to be crawled, as a message: which subject it has, and what it says. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from crawler.start_urls import as_written, start_url

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")

_LONGEST = 200
"""Bytes of a token: NATS takes a line of 4 KB, and people read subjects."""

_KEPT = 120
"""Of a token that would be longer, before the hash of the site."""


@dataclass(frozen=True, slots=True)
class Job:
    """One look at a site, or a slice of one."""

    site: str
    """See ``urls.site_id``."""
    url: str
    """Where the crawl starts."""

    def to_bytes(self) -> bytes:
        """As it is queued."""
        return json.dumps(
            {"site": self.site, "url": as_written(self.url)}, ensure_ascii=False, separators=(",", ":")
        ).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Job":
        """As it was queued. Raises ValueError for what is no job."""
        told = json.loads(data)
        if not isinstance(told, Mapping):
            raise ValueError("not an object")  # noqa: TRY004 - a wrong message, not a wrong call
        return cls(_text(told, "site"), start_url(_text(told, "url")))


def subject(stream: str, site: str) -> str:
    """Of a site's messages in a stream: one subject per site, so that the broker refuses a second message for it."""
    return f"{stream.lower()}.site.{token(site)}"


def subjects(stream: str) -> str:
    """Of all sites."""
    return f"{stream.lower()}.site.*"


def token(site: str) -> str:
    """A site as one token of a subject, in which NATS allows no dot, star, space and ``>``: ``news_example``.

    No two sites have the same: every other byte is written ``=2f``, a long rest as a hash behind ``=h``.
    """
    written = "".join(map(_written, site))
    if len(written) <= _LONGEST:
        return written
    return f"{written[:_KEPT]}=h{sha256(site.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _written(letter: str) -> str:
    if letter in _PLAIN:
        return letter
    return "_" if letter == "." else "".join(f"={byte:02x}" for byte in letter.encode("utf-8", "surrogatepass"))


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing")
    return value
