"""The list of sites that ``scrapy sites`` keeps, in the ``sites`` collection."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from pymongo import DeleteOne, UpdateOne
from pymongo.database import Database

from crawler.changes import Document
from crawler.site_record import SiteRecord, from_document
from crawler.storage.sites import due_before
from crawler.urls import site_id


class Addition(NamedTuple):
    """What became of a URL that was to be added: the site, and whether it was on the list before."""

    url: str
    site: str
    was_listed: bool


class SiteList:
    """Gateway to the list, blocking: for commands."""

    def __init__(self, database: Database[Document]) -> None:
        self._sites = database["sites"]

    def add(self, urls: Sequence[str], now: datetime) -> list[Addition]:
        """Put sites on the list, due at once; one that is there stays as it is."""
        wanted: dict[str, str] = {}
        for url in urls:
            wanted.setdefault(site_id(url), url)
        known = self.find(list(wanted))
        additions = [_addition(name, url, known.get(name)) for name, url in wanted.items()]
        operations = [_listing(addition, now) for addition in additions if not addition.was_listed]
        if operations:
            self._sites.bulk_write(operations, ordered=False)
        return additions

    def remove(self, sites: Sequence[str]) -> None:
        """Take sites off the list. What crawls learned of them is kept, and found again if they are added again."""
        never_crawled: Document = {"checked_at": {"$exists": False}}
        operations: list[UpdateOne | DeleteOne] = [DeleteOne({"_id": site} | never_crawled) for site in sites]
        operations += [UpdateOne({"_id": site}, {"$set": {"listed": False}}) for site in sites]
        self._sites.bulk_write(operations)

    def find(self, names: list[str]) -> dict[str, SiteRecord]:
        """The sites of these ids or aliases that are known, listed or not, by the name that was asked for."""
        found = {d["_id"]: from_document(d) for d in self._sites.find({"_id": {"$in": names}})}
        others = [name for name in names if name not in found]
        for record in map(from_document, self._sites.find({"aliases": {"$in": others}}) if others else ()):
            found |= {alias: record for alias in record.aliases if alias not in found}
        return {name: found[name] for name in names if name in found}

    def listed(self, due: datetime | None = None) -> Iterator[SiteRecord]:
        """The sites on the list by name; with a time those that are due then, the longest overdue first."""
        query, order = (due_before(due), "next_due_at") if due else ({"listed": True}, "_id")
        return map(from_document, self._sites.find(query).sort(order, 1))

    def names(self) -> list[str]:
        """The ids of all sites that are known, listed or not."""
        return [str(document["_id"]) for document in self._sites.find({}, {"_id": 1})]


def _addition(name: str, url: str, known: SiteRecord | None) -> Addition:
    return Addition(url, known.id if known else name, known is not None and known.listed)


def _listing(addition: Addition, now: datetime) -> UpdateOne:
    listed = {"url": addition.url, "listed": True, "added_at": now, "next_due_at": now}
    return UpdateOne({"_id": addition.site}, {"$set": listed}, upsert=True)
