"""What an archived answer, read by today's reader, means for the stored article. Pure functions.

Reading again is no sighting: nothing here says that the site was seen today, brings back what is gone, or puts what
was archived before over what a crawl saw later.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bson import ObjectId

from crawler.changes import Decision, Document, decide_new, decide_seen, difference
from crawler.items import Change

_OF_SIGHTINGS = (
    "gone_at", "missing_since", "last_seen_at", "last_changed_at", "last_change", "untold_changes", "reread",
)  # fmt: skip
"""What crawls alone decide."""

_OF_THE_MOMENT = ("comment_count", "previous_url", "next_url", "reservations")
"""What a later crawl may know better, and says without reading the article anew."""

_OF_THE_ROUTE = ("route", "lastmod")


class Verdict(StrEnum):
    """What an archived answer is to what is stored."""

    NEW = "new"
    """Nothing is stored of this post."""
    AGAIN = "again"
    """It shows what was read when the stored article was: another result is the reader's doing."""
    LATER = "later"
    """It came after everything that crawls saw of the post: another result is the site's doing."""
    OUTDATED = "outdated"
    """Later reads or sightings say more."""
    OTHER_ROUTE = "other_route"
    """The stored article was read from elsewhere (page, REST, feed), or as scripts made it, and this is not."""


def verdict(known: Document | None, seen: Document) -> Verdict:
    """``seen`` is a reading of what came at ``source.fetched_at``."""
    if known is None:
        return Verdict.NEW
    came, source = _fetched_at(seen), known.get("source") or {}
    read, last_seen = _fetched_at(known), known.get("last_seen_at")
    if came is None or (read is not None and came < read):
        return Verdict.OUTDATED
    modified, told = known.get("modified_at"), seen.get("modified_at")
    way = seen["source"]["read_from"]
    is_otherwise_read = source.get("read_from", "page") != way
    if source.get("browser") and way == "page" and not seen["source"].get("browser"):
        return Verdict.OTHER_ROUTE
    if is_otherwise_read and not (modified and told and told > modified):
        return Verdict.OTHER_ROUTE
    if not known.get("gone_at") and (last_seen is None or came.replace(microsecond=0) > last_seen):
        return Verdict.LATER
    if is_otherwise_read or (came != read and modified and told and told != modified):
        return Verdict.OUTDATED
    return Verdict.AGAIN


def decide_reread(known: Document | None, seen: Document, article_id: ObjectId, now: datetime) -> Decision:
    """What to write. Of an unchanged article, at most what is no content: its HTML, a picture's size."""
    came = _fetched_at(seen) or now
    match verdict(known, seen):
        case Verdict.NEW:
            return _dated(decide_new(seen, article_id, now), first_seen_at=came, last_seen_at=came)
        case Verdict.LATER if known:
            return _still_missing(known, _dated(decide_seen(known, seen, now), last_seen_at=came), came)
        case Verdict.AGAIN if known:
            return _again(known, seen, now)
    return Decision(known or {}, Change(kind="unchanged"))


def _again(known: Document, seen: Document, now: datetime) -> Decision:
    """Another reading of the same: as a crawl would decide, but for what only crawls can tell."""
    bare = {name: value for name, value in known.items() if name not in _OF_SIGHTINGS}
    looked = decide_seen(bare | {"last_changed_at": now}, seen, now, new_rules=True)
    kept = {name: known[name] for name in (*_OF_SIGHTINGS, *_OF_THE_MOMENT) if name in known}
    merged = {name: value for name, value in looked.document.items() if name not in _OF_SIGHTINGS} | kept
    merged["source"] = _source(known, looked.document)
    if "modified_at" in known:
        merged.setdefault("modified_at", known["modified_at"])
    changed = looked.change.fields
    if not changed:
        return difference(known, merged | {"revision": known["revision"]}, Change(kind="unchanged"), None)
    revision = known["revision"] + 1
    merged |= {"revision": revision, "reread": {"at": now, "revision": revision, "fields": changed}}
    before = (looked.revision or {}) | {"replaced_by": "reread"}
    decision = difference(known, merged, Change(kind="reread", fields=changed), before)
    return replace(decision, lost=None)


def _still_missing(known: Document, decision: Decision, came: datetime) -> Decision:
    """A post that a crawl did not find is not found again by what came before."""
    since = known.get("missing_since")
    if since is None or came > since:
        return decision
    unset = tuple(name for name in decision.unset if name != "missing_since")
    return replace(decision, document=decision.document | {"missing_since": since}, unset=unset)


def _source(known: Document, read: Document) -> Document:
    """Of the reading, with what its archive does not know: which route led there, and what the route said."""
    source: Document = known.get("source") or {}
    told = {name: source[name] for name in _OF_THE_ROUTE if name in source}
    bare = {name: value for name, value in (read.get("source") or {}).items() if name not in _OF_THE_ROUTE}
    return bare | told


def _dated(decision: Decision, **dates: datetime) -> Decision:
    """The decision with other dates: milliseconds are not kept of them, as of those of crawls."""
    whole = {name: date.replace(microsecond=0) for name, date in dates.items()}
    return replace(decision, document=decision.document | whole, set=decision.set | whole if decision.set else {})


def _fetched_at(document: Document) -> datetime | None:
    found: datetime | None = (document.get("source") or {}).get("fetched_at")
    return found
