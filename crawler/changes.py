"""New, changed, unchanged, gone or returned: what a sighting means for the stored document. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bson import ObjectId

from crawler.edits import is_first_page, is_restless, is_same_version, is_stale, untold_changes
from crawler.identity import identity_keys
from crawler.items import Change, ChangeKind
from crawler.publication import settled
from crawler.readings import FIELDS as SHOWN_FIELDS
from crawler.stories import to_be_grouped
from crawler.urls import url_key

Document = dict[str, Any]

CONTENT_FIELDS = (
    "title", "excerpt", "authors", "published_at", "categories", "tags", "language", "text", "images",
    "embeds", "links", "page_count", "access", "type", "extra",
)  # fmt: skip
"""A difference in one of these is a change of the article, and makes a revision."""

_REVISION_EXTRAS = (
    "url", "html", "published_precision", "modified_at", "word_count", "content_hash", "syndicated_from", "source",
)  # fmt: skip
"""What a revision keeps besides the content, to be readable alone."""

_BODY_FIELDS = ("images", "embeds", "links")
"""Derived from the body: empty is known to be empty wherever the body was read."""

_NEIGHBOURS = ("previous_url", "next_url")

_NOT_CONTENT = ("url", "aliases", "url_keys", "comment_count", "reservations", *_NEIGHBOURS)
"""True of the moment of a reading, whatever version of the content it shows."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write: the whole new document, the revision to keep first (if any), and what it amounts to."""

    document: Document
    change: Change
    revision: Document | None = None
    set: Document = field(default_factory=dict)
    """Of an existing document, the fields that differ."""
    unset: tuple[str, ...] = ()
    lost: list[str] | None = None
    """See ``Article.lost``."""
    before: int | None = None
    """The revision about which it was decided; None where none is stored."""


def decide_new(document: Document, article_id: ObjectId, now: datetime) -> Decision:
    """A post never seen before."""
    change = Change(kind="added")
    stored: Document = {"_id": article_id} | document
    stored["url_keys"] = _keys(document)
    stored |= {"first_seen_at": now, "last_seen_at": now, "last_changed_at": now, "revision": 0}
    stored |= to_be_grouped(stored)
    return Decision(stored | {"last_change": _last_change(change)}, change)


def decide_seen(known: Document, seen: Document, now: datetime, *, new_rules: bool = False) -> Decision:
    """A stored post, read again. What the new reading does not show is kept: a theme may stop showing a field.

    ``new_rules``: a field of ``extra`` that was not there is a difference. Of a crawl it is none: a new rule found it,
    and the site has edited nothing.
    """
    base, seen = settled(known, seen)
    if seen.get("extra") and not new_rules:
        had = known.get("extra") or {}
        base |= {"extra": had | seen["extra"] | had}
    merged = _merge(base, seen)
    stale = is_stale(known, seen)
    is_known = is_same_version(known, seen) or is_first_page(known, seen)
    no_edit = stale or is_known or is_restless(known, seen, now)
    if no_edit:
        merged = _gaps_filled(base, merged, () if stale else _NOT_CONTENT)
    changed = [name for name in CONTENT_FIELDS if not no_edit and merged.get(name) != base.get(name)]
    if url_key(merged["url"]) != url_key(known["url"]):
        changed.append("url")
    kind: ChangeKind = "returned" if known.get("gone_at") else "changed" if changed else "unchanged"
    change = Change(kind=kind, fields=changed)
    if {"title", "text"} & set(changed) and seen.get("modified_at") is None:
        merged["modified_at"] = None  # that was when the former version was made
    if no_edit or all(merged.get(name) == base.get(name) for name in merged if name != "source"):
        merged["source"] = _same_source(known, seen)  # an unchanged article keeps the source of its content
    merged["last_seen_at"] = now
    merged["untold_changes"] = untold_changes(known, seen, kind) or None
    revision = _revision_of(known, changed, now) if changed else None
    if kind != "unchanged":
        merged |= {
            "last_changed_at": now,
            "last_change": _last_change(change),
            "revision": known["revision"] + 1,
        }
    merged |= to_be_grouped(merged, known)
    decision = difference(known, merged, change, revision, unset=("gone_at", "missing_since"))
    return replace(decision, lost=_lost(known, seen))


def decide_missing(known: Document, now: datetime, run_began: datetime | None = None) -> Decision:
    """The site answered 404 or 410 for a stored post: remembered in one run, believed in the next.

    Not believed of what was seen in the same run.
    """
    began, missing_since = run_began or now, known.get("missing_since")
    if known.get("gone_at") or known.get("last_seen_at", began) > began or (missing_since and missing_since >= began):
        return Decision(known, Change(kind="unchanged"))
    if not missing_since:
        return difference(known, known | {"missing_since": now}, Change(kind="unchanged"), None)
    change = Change(kind="gone")
    gone = known | {"gone_at": now, "last_changed_at": now, "revision": known["revision"] + 1}
    return difference(known, gone | {"last_change": _last_change(change)}, change, None)


def _merge(known: Document, seen: Document) -> Document:
    """The stored document with what the new reading knows."""
    told = {name: value for name, value in seen.items() if value not in (None, [])}
    if seen.get("extra"):
        told["extra"] = (known.get("extra") or {}) | seen["extra"]  # a page tells some of them, REST others
    if seen.get("text"):
        told |= {name: seen.get(name, []) for name in _BODY_FIELDS}
    else:
        told.pop("page_count", None)  # of a body that was not shown nobody knows the pages
    merged = known | told
    if any(seen.get(name) for name in _NEIGHBOURS):
        merged |= {name: seen.get(name) for name in _NEIGHBOURS}
    if seen.get("reservations") is not None:
        merged["reservations"] = seen["reservations"]  # a page that no longer reserves anything says so by silence
    former = [known["url"]] if known["url"] != merged["url"] else []
    merged["aliases"] = _aliases(merged["url"], [*known.get("aliases", ()), *former, *seen.get("aliases", ())])
    merged["url_keys"] = _keys(merged)
    return merged


def _gaps_filled(known: Document, merged: Document, current: tuple[str, ...]) -> Document:
    """The stored document with what it does not have, and with some fields as they are now."""
    lacking = {name for name in merged if name not in _NOT_CONTENT and known.get(name) in (None, [])}
    told = {name: merged[name] for name in lacking}
    return known | told | {name: merged[name] for name in current if name in merged}


def _same_source(known: Document, seen: Document) -> Document | None:
    """The source as it was, but for the modification time that the route tells."""
    source, lastmod = known.get("source"), (seen.get("source") or {}).get("lastmod")
    return source | {"lastmod": lastmod} if source and lastmod else source


def _lost(known: Document, seen: Document) -> list[str] | None:
    """What a layout used to show of a post and does not any more; None where it was read in another way before."""
    before, now = ((document.get("source") or {}).get("read_from") for document in (known, seen))
    if before != now:
        return None
    return [name for name in SHOWN_FIELDS if known.get(name) and not seen.get(name)]


def _keys(document: Document) -> list[str]:
    return identity_keys(document["site"], document.get("wp_id"), [document["url"], *document.get("aliases", ())])


def _aliases(url: str, urls: list[str]) -> list[str]:
    return list(dict.fromkeys(alias for alias in urls if alias != url))


def _revision_of(known: Document, changed: list[str], now: datetime) -> Document:
    names = (*CONTENT_FIELDS, *_REVISION_EXTRAS)
    content = {name: known[name] for name in names if name in known}
    head = {"_id": f"{known['_id']}:{known['revision']}", "article_id": known["_id"], "site": known["site"]}
    return head | {"revision": known["revision"], "replaced_at": now, "changed": changed} | content


def _last_change(change: Change) -> Document:
    return {"kind": change.kind, "fields": change.fields}


def difference(
    known: Mapping[str, Any],
    merged: Document,
    change: Change,
    revision: Document | None,
    unset: tuple[str, ...] = (),
) -> Decision:
    """What to write so that a stored document becomes another one."""
    document = {name: value for name, value in merged.items() if value is not None and name not in unset}
    changed = {name: value for name, value in document.items() if known.get(name) != value}
    removed = tuple(name for name in known if name not in document)
    return Decision(document, change, revision, changed, removed, before=known.get("revision"))
