"""Whether an article that was kept on disk is still news. Pure."""

from collections.abc import Mapping
from typing import Any

from crawler.items import Article


def is_outdated(article: Article, stored: Mapping[str, Any] | None) -> bool:
    """Whether more is known of a post than this reading of it tells: it was read, seen or missed since."""
    if stored is None:
        return False
    read_at = article.source.fetched_at
    known = [stored.get(name) for name in ("last_seen_at", "missing_since", "gone_at")]
    known.append(stored.get("source", {}).get("fetched_at"))
    return read_at is None or any(moment is not None and moment > read_at for moment in known)
