"""Documents as rows: what CSV and Parquet have of each. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Document = Mapping[str, Any]
Kind = Literal["text", "number", "flag", "date", "texts"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its values are, and where in a document they stand."""

    name: str
    kind: Kind
    path: str = ""
    """Dotted, if it is not the name; of a list of documents, the values of each."""
    value: Callable[[Document], Any] | None = None
    """For what no path leads to."""

    def of(self, document: Document) -> Any:
        """The value, as ``kind`` says; None if it is not known."""
        found = self.value(document) if self.value else _at(document, (self.path or self.name).split("."))
        if found is None:
            return None
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


def texts(*names: str) -> tuple[Column, ...]:
    """Columns of lists of texts, under the name of their field."""
    return tuple(Column(name, "texts") for name in names)


def fields_of(columns: Sequence[Column]) -> dict[str, int]:
    """The projection that is enough for these."""
    return dict.fromkeys((column.field for column in columns), 1)


def _named(kind: Kind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


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
)
