"""Documents as rows: what CSV and Parquet have of each. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from crawler.asking.jsontext import json_text

Document = Mapping[str, Any]
Kind = Literal["text", "number", "flag", "date", "texts"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its values are, and where in a document they stand."""

    name: str
    kind: Kind
    path: str = ""
    """Dotted, if it is not the name; of a list of documents, the values of each."""
    made: Callable[[Any], Any] | None = None
    """What is made of it."""

    def of(self, document: Document) -> Any:
        """The value, as ``kind`` says; None if it is not known."""
        found = _at(document, (self.path or self.name).split("."))
        if found is None:
            return None
        found = self.made(found) if self.made else found
        return str(found) if self.kind == "text" else found

    @property
    def field(self) -> str:
        """The field of the document that it is made of."""
        return (self.path or self.name).partition(".")[0]


def _at(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        if isinstance(value, list):
            return [part[name] for part in value if name in part]
        if not isinstance(value, Mapping) or name not in value:
            return None
        value = value[name]
    return value


def fields_of(columns: Sequence[Column]) -> dict[str, int]:
    """The projection that is enough for these."""
    return dict.fromkeys((column.field for column in columns), 1)


def _named(kind: Kind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


def _total(by_reason: Mapping[str, int]) -> int:
    return sum(by_reason.values())


_OF_NO_REVISION = frozenset(
    {
        "_id", "wp_id", "comment_count", "story_id", "duplicate_of", "first_site", "first_seen_at", "last_seen_at",
        "last_changed_at", "gone_at", "revision",
    }
)  # fmt: skip
"""Fields of an article that its revisions do not keep, or have told already."""

ARTICLE = (
    Column("id", "text", "_id"),
    Column("site", "text"),
    Column("wp_id", "number"),
    *_named("text", "type", "url", "title", "excerpt"),
    *_named("texts", "authors"),
    Column("published_at", "date"),
    Column("published_precision", "text"),
    Column("modified_at", "date"),
    *_named("texts", "categories", "tags"),
    *_named("text", "language", "text"),
    *_named("number", "word_count", "page_count", "comment_count"),
    Column("access", "text"),
    Column("images", "texts", "images.url"),
    Column("embeds", "texts", "embeds.url"),
    Column("links", "texts", "links.url"),
    *_named("text", "content_hash", "story_id", "duplicate_of", "first_site", "syndicated_from"),
    *_named("date", "first_seen_at", "last_seen_at", "last_changed_at", "gone_at"),
    Column("revision", "number"),
    Column("extra", "text", made=json_text),
)

REVISION = (
    Column("article_id", "text"),
    Column("revision", "number"),
    Column("replaced_at", "date"),
    Column("changed", "texts"),
    *(column for column in ARTICLE if column.field not in _OF_NO_REVISION),
)

RUN = (
    Column("id", "text", "_id"),
    Column("spider", "text"),
    *_named("date", "started_at", "finished_at"),
    Column("finish_reason", "text"),
    Column("exit_status", "number"),
    Column("hosts", "texts"),
    *(
        Column(name, "number", f"counts.articles.{name}")
        for name in ("found", "added", "changed", "unchanged", "gone", "returned", "duplicate")
    ),
    *(Column(name, "number", f"counts.{name}", _total) for name in ("skipped", "errors")),
    Column("requests", "number", "counts.requests"),
    Column("bytes", "number", "counts.bytes"),
)

SITE = (
    Column("site", "text", "_id"),
    *_named("text", "url", "home", "language"),
    Column("listed", "flag"),
    Column("aliases", "texts"),
    *_named("date", "added_at", "next_due_at"),
    Column("interval_seconds", "number"),
    *_named("text", "route", "route_reason"),
    Column("complete", "flag", "complete.value"),
    Column("missing", "number", "complete.missing"),
    Column("status", "number", "health.status"),
    Column("failures", "number", "health.failures"),
    Column("last_error", "text", "health.last_error"),
    Column("blocked_since", "date", "health.blocked_since"),
    *_named("date", "checked_at", "changed_at", "swept_at"),
)

STORY = (
    Column("story_id", "text"),
    Column("place", "number"),
    Column("minutes_later", "number"),
    Column("id", "text", "_id"),
    *_named("text", "site", "url", "title"),
    *_named("date", "published_at", "first_seen_at"),
    Column("syndicated_from", "text"),
    Column("gone_at", "date"),
)
"""A row for each article of a story, made by ``story_rows``; the first one has place 1."""


def story_rows(stories: Iterable[Document]) -> Iterator[Document]:
    """The articles of stories (see ``story_report.told``), each with its story, its place and how late it came."""
    for story in stories:
        first = story["articles"][0].get("published_at")
        for place, article in enumerate(story["articles"], start=1):
            published = article.get("published_at")
            later = {"minutes_later": (published - first) // timedelta(minutes=1)} if first and published else {}
            yield {"story_id": story["story_id"], "place": place} | later | article
