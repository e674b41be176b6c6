"""Whether what is stored fits together: ``articles``, ``revisions`` and ``events`` of one database. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]


def problems(articles: Sequence[Document], revisions: Iterable[Document], events: Iterable[Document]) -> list[str]:
    """What is wrong, in words; nothing after a crawl that came to its end, whatever happened to those before it."""
    by_id = {article["_id"]: article for article in articles}
    told = [event for event in events if event.get("article_id") is not None]
    return [
        *_doubles(articles),
        *(problem for article in articles for problem in _torn(article, by_id)),
        *_history(by_id, [(one["article_id"], one["revision"]) for one in revisions]),
        *_announced(by_id, told),
    ]


def _doubles(articles: Iterable[Document]) -> Iterator[str]:
    keys = Counter((article["site"], key) for article in articles for key in article["url_keys"])
    yield from (f"{count} articles have the key {key} of {site}" for (site, key), count in keys.items() if count > 1)


def _torn(article: Document, by_id: Mapping[Any, Document]) -> Iterator[str]:
    lacking = [name for name in ("url", "title", "content_hash", "first_seen_at", "last_change") if name not in article]
    if lacking:
        yield f"{article['_id']} has no {', '.join(lacking)}"
    if "grouping" in article:
        yield f"{article['_id']} still waits for its story"
    known = {str(own) for own in by_id}
    yield from (
        f"{article['_id']}: {name} is no article"
        for name in ("story_id", "duplicate_of")
        if name in article and article[name] not in known
    )


def _history(by_id: Mapping[Any, Document], kept: Sequence[tuple[Any, int]]) -> Iterator[str]:
    """Every revision is an earlier one of an article that is there."""
    for own, revision in kept:
        if own not in by_id:
            yield f"revision {revision} of {own}, which is not there"
        elif revision >= by_id[own]["revision"]:
            yield f"revision {revision} of {own}, which is at {by_id[own]['revision']}"
    yield from (f"{count} times revision {one}" for one, count in Counter(kept).items() if count > 1)


def _announced(by_id: Mapping[Any, Document], events: Sequence[Document]) -> Iterator[str]:
    """Each change of each article was told once, and the last one as it is stored."""
    changes = [event for event in events if event["type"] != "article.duplicate"]
    told = Counter((event["article_id"], event["revision"]) for event in changes)
    wanted = {(own, number) for own, article in by_id.items() for number in range(article["revision"] + 1)}
    yield from (f"{own} was not announced at revision {number}" for own, number in sorted(wanted - told.keys()))
    yield from (f"{own} announced at revision {number}" for own, number in sorted(told.keys() - wanted))
    yield from (f"{one} was announced {count} times" for one, count in told.items() if count > 1)
    for event in changes:
        article = by_id.get(event["article_id"])
        if article and article["revision"] == event["revision"]:
            kind = f"article.{article['last_change']['kind']}"
            if event["type"] != kind:
                yield f"{article['_id']}: {event['type']} was told of {kind}"
