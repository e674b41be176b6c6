"""The list of sites that ``scrapy sites`` keeps, in the ``sites`` collection."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import merge
from operator import attrgetter
from typing import NamedTuple

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from crawler.changes import Document
from crawler.site_record import SiteRecord, from_document
from crawler.start_urls import AnyScheme
from crawler.storage.sites import due_before
from crawler.urls import site_id

AT_ONCE = 100
"""Names in one ``$in``: the embedded server compares every name with every document that it finds."""


class Addition(NamedTuple):
    """What became of a URL that was to be added: the site, and whether it was on the list before."""

    url: str
    site: str
    was_listed: bool


class SiteList:
    """Gateway to the list, blocking: for commands."""

    def __init__(self, database: Database[Document]) -> None:
        self._sites = database["sites"]
        self._articles = database["articles"]

    def add(self, urls: Sequence[str], now: datetime) -> list[Addition]:
        """Put sites on the list, due at once; one that is there stays as it is."""
        wanted: dict[str, str] = {}
        for url in urls:
            wanted.setdefault(site_id(url), url)
        known = self.find(list(wanted))
        additions = [_addition(name, url, known.get(name)) for name, url in wanted.items()]
        listings = {addition.site: _listing(addition, now) for addition in additions if not addition.was_listed}
        stored = {record.id for record in known.values()}
        there = [site for site in listings if site in stored]
        there += self._insert([{"_id": site} | listings[site] for site in listings if site not in stored])
        if there:
            self._sites.bulk_write([UpdateOne({"_id": site}, _relisted(listings[site])) for site in there])
        return additions

    def _insert(self, documents: Sequence[Document]) -> list[str]:
        """Insert new sites, ten times as fast as upserts; the ids of those that a crawl has written meanwhile."""
        if not documents:
            return []
        try:
            self._sites.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            return [documents[refused["index"]]["_id"] for refused in error.details["writeErrors"]]
        return []

    def remove(self, sites: Sequence[str]) -> None:
        """Take sites off the list. What crawls learned of them is kept, and found again if they are added again."""
        for some in _batches(sites):
            these = {"_id": {"$in": some}}
            self._sites.delete_many(these | {"checked_at": {"$exists": False}})
            self._sites.update_many(these, {"$set": {"listed": False}})

    def count_articles(self, sites: Sequence[str]) -> int:
        """How many articles of these sites are stored."""
        return sum(self._articles.count_documents({"site": {"$in": some}}) for some in _batches(sites))

    def find(self, names: Sequence[str]) -> dict[str, SiteRecord]:
        """The sites of these ids or aliases that are known, listed or not, by the name that was asked for."""
        found = {record.id: record for record in self._having("_id", names)}
        for record in self._having("aliases", [name for name in names if name not in found]):
            found |= {alias: record for alias in record.aliases if alias not in found}
        return {name: found[name] for name in names if name in found}

    def _having(self, field: str, names: Sequence[str]) -> Iterator[SiteRecord]:
        return (from_document(one) for some in _batches(names) for one in self._sites.find({field: {"$in": some}}))

    def listed(self, due: datetime | None = None, names: Sequence[str] = ()) -> Iterator[SiteRecord]:
        """The sites on the list by name; with a time those that are due then, the longest overdue first.

        ``names``: only of these.
        """
        query, order = (due_before(due), "next_due_at") if due else ({"listed": True}, "_id")
        these = {"_id": {"$in": list(names)}} if names else {}
        return map(from_document, self._sites.find(query | these).sort(order, 1))

    def all(self, names: Sequence[str] = ()) -> Iterator[SiteRecord]:
        """The sites that are known, listed or not, by name; those of which there are only articles have no more.

        ``names``: only of these.
        """
        these = {"_id": {"$in": list(names)}} if names else {}
        known = map(from_document, self._sites.find(these).sort("_id", 1))
        return merge(known, (SiteRecord(id=name) for name in self._only_stored(names)), key=attrgetter("id"))

    def due(self, now: datetime) -> Iterator[tuple[str, str]]:
        """Site and start URL of those that are due, the longest overdue first: of a million sites, little of each."""
        found = self._sites.find(due_before(now), {"url": 1, "any_scheme": 1}).sort("next_due_at", 1)
        return ((record.id, record.start_url) for record in map(from_document, found))

    def names(self) -> list[str]:
        """The ids of all sites that are known, listed or not, and of those of which articles are stored, in order."""
        known = (str(site["_id"]) for site in self._sites.find({}, {"_id": 1}).sort("_id", 1))
        return list(merge(known, self._only_stored()))

    def _only_stored(self, names: Sequence[str] = ()) -> list[str]:
        """The sites of which there are articles and no record, in order; ``names``: only of these. Grouped, since an
        answer of ``distinct`` has 16 MB at most."""
        these = [{"$match": {"site": {"$in": list(names)}}}] if names else []
        found = self._articles.aggregate([*these, {"$group": {"_id": "$site"}}], allowDiskUse=True)
        stored = {str(group["_id"]) for group in found if group["_id"]}
        some = {"_id": {"$in": list(names)}} if names else {}
        return sorted(stored - {str(site["_id"]) for site in self._sites.find(some, {"_id": 1})})


def _addition(name: str, url: str, known: SiteRecord | None) -> Addition:
    return Addition(url, known.id if known else name, known is not None and known.listed)


def _listing(addition: Addition, now: datetime) -> Document:
    any_scheme = {"any_scheme": True} if isinstance(addition.url, AnyScheme) else {}
    return any_scheme | {"url": str(addition.url), "listed": True, "added_at": now, "next_due_at": now}


def _relisted(listing: Document) -> Document:
    return {"$set": listing} | ({} if "any_scheme" in listing else {"$unset": {"any_scheme": ""}})


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE))
