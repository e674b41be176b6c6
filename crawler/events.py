"""What can happen: the entries of the ``events`` collection, an append-only outbox."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal, get_args

from bson import ObjectId

from crawler.items import Article, ChangeKind

ArticleEventType = Literal[
    "article.added", "article.changed", "article.reread", "article.gone", "article.returned", "article.duplicate"
]

_TYPES: dict[str, ArticleEventType] = {
    "added": "article.added",
    "changed": "article.changed",
    "reread": "article.reread",
    "gone": "article.gone",
    "returned": "article.returned",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEvent:
    """Something happened to a stored article.

    ``id`` is made of the article's id, its revision and the kind, so that writing an event again after a kill
    adds nothing.
    """

    id: str
    type: ArticleEventType
    at: datetime
    article_id: ObjectId
    site: str
    url: str
    revision: int
    title: str | None = None
    fields: tuple[str, ...] = ()
    """For ``article.changed`` and ``article.reread``: the fields that differ from the revision before."""
    duplicate_of: str | None = None
    """For ``article.duplicate``: the id of the first article of its story."""


SiteEventType = Literal["site.changed", "site.blocked", "site.layout_changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEvent:
    """Something happened to a site as a whole. ``id`` is made of what it says."""

    id: str
    type: SiteEventType
    at: datetime
    site: str
    fields: tuple[str, ...] = ()
    """What differs: of ``site.changed`` fields of its record, of ``site.layout_changed`` fields of its articles."""
    reason: str | None = None
    """For ``site.blocked``: why, such as ``http_403``."""
    url: str | None = None
    """A page that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished:
    """A crawl ended."""

    id: str
    at: datetime
    run_id: ObjectId
    spider: str
    sites: tuple[str, ...]
    exit_status: int
    counts: dict[str, int] = field(default_factory=dict)
    type: Literal["run.finished"] = "run.finished"


Event = ArticleEvent | SiteEvent | RunFinished

TYPES: tuple[str, ...] = (*get_args(ArticleEventType), *get_args(SiteEventType), "run.finished")
"""All that can happen."""


def event_of(article: Article) -> ArticleEvent | None:
    """What happened to a stored article at its latest sighting; None if nothing did."""
    change, article_id = article.change, article.id
    at = article.reread_at if change and change.kind == "reread" else article.last_changed_at
    if change is None or at is None or article_id is None or change.kind == "unchanged":
        return None
    return article_event(
        change.kind,
        ObjectId(article_id),
        article.revision or 0,
        at,
        article.site,
        article.url,
        article.title,
        change.fields,
    )


def event_of_document(document: Mapping[str, Any]) -> ArticleEvent:
    """The event of the last change of a stored document: the same as was announced, if it was."""
    reread = document.get("reread") or {}
    is_reread = reread.get("revision") == document["revision"]
    change = {"kind": "reread", "fields": reread["fields"]} if is_reread else document["last_change"]
    return article_event(
        change["kind"],
        document["_id"],
        document["revision"],
        reread["at"] if is_reread else document["last_changed_at"],
        document["site"],
        document["url"],
        document.get("title"),
        change["fields"],
    )


def untold_events(
    document: Mapping[str, Any], revisions: Iterable[Mapping[str, Any]], told: Container[int]
) -> list[ArticleEvent]:
    """The events of a stored document that were not announced, oldest first: nothing is told before what led to it.

    ``revisions`` are what it said before, oldest first, each with what the next one changed (gone and returned change
    nothing, and make none); ``told`` are the revisions whose event is there.
    """
    versions = [*revisions, document]
    events = [_added_event(document, versions[0])] if document["revision"] else []
    events += [_changed_event(before, after) for before, after in pairwise(versions)]
    last = event_of_document(document)
    earlier = [event for event in events if event.revision < last.revision]
    return [event for event in (*earlier, last) if event.revision not in told]


def _added_event(document: Mapping[str, Any], first: Mapping[str, Any]) -> ArticleEvent:
    at = document.get("first_seen_at") or document["last_changed_at"]
    url, title = first.get("url") or document["url"], first.get("title")
    return article_event("added", document["_id"], 0, at, document["site"], url, title, ())


def _changed_event(before: Mapping[str, Any], after: Mapping[str, Any]) -> ArticleEvent:
    revision, at, url = before["revision"] + 1, before["replaced_at"], after.get("url") or before["url"]
    title, changed, kind = after.get("title"), before["changed"], before.get("replaced_by", "changed")
    return article_event(kind, before["article_id"], revision, at, before["site"], url, title, changed)


def duplicate_event(document: Mapping[str, Any], first: Mapping[str, Any], at: datetime) -> ArticleEvent:
    """A stored article turned out to be a copy of another one, in the version that each of them has."""
    return ArticleEvent(
        id=f"{document['_id']}:{document['revision']}:duplicate:{first['_id']}:{first['revision']}",
        type="article.duplicate",
        at=at,
        article_id=document["_id"],
        site=document["site"],
        url=document["url"],
        revision=document["revision"],
        title=document.get("title"),
        duplicate_of=str(first["_id"]),
    )


def article_event(  # one argument for each fact
    kind: ChangeKind,
    article_id: ObjectId,
    revision: int,
    at: datetime,
    site: str,
    url: str,
    title: str | None,
    fields: Sequence[str],
) -> ArticleEvent:
    """An event with an id made of what it says."""
    return ArticleEvent(
        id=f"{article_id}:{revision}:{kind}",
        type=_TYPES[kind],
        at=at,
        article_id=article_id,
        site=site,
        url=url,
        revision=revision,
        title=title,
        fields=tuple(fields),
    )
