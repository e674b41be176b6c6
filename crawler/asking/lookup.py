"""Which stored article is meant by a URL. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from crawler.asking.nearest import nearest
from crawler.start_urls import start_url
from crawler.urls import url_key

M = TypeVar("M", bound=Mapping[str, Any])

_NEVER = datetime.min.replace(tzinfo=UTC)


def best_match(url: str, candidates: Iterable[M]) -> M | None:
    """Of the articles that a URL led to, the one whose own it is; else one that is there; else the latest seen."""
    key = url_key(url)
    return max(
        candidates,
        key=lambda d: (url_key(d["url"]) == key, "gone_at" not in d, d.get("last_seen_at", _NEVER)),
        default=None,
    )


def similar_urls(url: str, urls: Sequence[str]) -> list[str]:
    """Those that end nearly as it does: the beginnings are the same for all of a site."""
    by_end = {_end(known): known for known in reversed(urls)}
    return [by_end[end] for end in nearest(_end(start_url(url)), list(reversed(by_end)))]


def _end(url: str) -> str:
    return url_key(url).rpartition("/")[2]
