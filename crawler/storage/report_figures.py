"""What ``scrapy report`` counts, as pipelines that the database runs: only the articles that are shown come here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pymongo.database import Database

from crawler.asking.filters import Filters, Query, article_query, one_of
from crawler.changes import Document
from crawler.storage.article_list import AT_ONCE

Steps = Sequence[Mapping[str, Any]]

_SECONDS = {"$divide": [{"$subtract": ["$finished_at", "$started_at"]}, 1000]}
_ENDED = {"$and": [{"$eq": [{"$type": "$finished_at"}, "date"]}, {"$ne": ["$finish_reason", "killed"]}]}

_COSTS = {
    "runs": {"$sum": 1},
    "requests": {"$sum": "$counts.requests"},
    "bytes": {"$sum": "$counts.bytes"},
    "articles": {"$sum": "$counts.articles.added"},
    "timed": {"$sum": {"$cond": [_ENDED, 1, 0]}},
    "seconds": {"$sum": {"$cond": [_ENDED, _SECONDS, 0]}},
    "longest": {"$max": {"$cond": [_ENDED, _SECONDS, 0]}},
}
"""Of a group of runs; what a killed one took is not known."""


class ReportFigures:
    """Gateway to the figures of the articles that filters mean, blocking, only reading."""

    def __init__(
        self, database: Database[Document], filters: Filters, zone: ZoneInfo, *, text_index: bool = False
    ) -> None:
        self._articles = database["articles"]
        self._revisions = database["revisions"]
        self._sites = database["sites"]
        self._query = article_query(filters, text_index=text_index)
        self._date = filters.date_field
        self._zone = zone.key

    def by_site(self) -> list[Document]:
        """Figures of each site, the most articles first.

        ``{_id: site, articles, words, changed, gone, copies, no_categories, no_authors, dated, first, last}``.
        """
        counted: Document = {
            "articles": {"$sum": 1},
            "words": {"$sum": "$word_count"},
            "changed": _number_where({"$eq": ["$last_change.kind", "changed"]}),
            "gone": _number_where(_is("gone_at", "date")),
            "copies": _number_where(_is("duplicate_of", "string")),
            "no_categories": _number_where(_is_empty("categories")),
            "no_authors": _number_where(_is_empty("authors")),
            "dated": _number_where(_is(self._date, "date")),
            "first": {"$min": f"${self._date}"},
            "last": {"$max": f"${self._date}"},
        }
        return self._asked([{"$group": {"_id": "$site"} | counted}, {"$sort": {"articles": -1, "_id": 1}}])

    def by_time(self, unit: str) -> Iterator[Document]:
        """``{_id: {at, site}, articles}`` of each ``day``, ``week``, ``month`` or ``year``, in no order."""
        when = _begin_of(f"${self._date}", unit, self._zone)
        return self._streamed(
            [{"$group": {"_id": {"at": when, "site": "$site"}, "articles": {"$sum": 1}}}], self._dated
        )

    def by_hour(self) -> list[Document]:
        """``{_id: {weekday, hour}, articles}``, Monday is 1; only where a time of day is known."""
        told = {"date": f"${self._date}", "timezone": self._zone}
        group = {"_id": {"weekday": {"$isoDayOfWeek": told}, "hour": {"$hour": told}}, "articles": {"$sum": 1}}
        return self._asked([{"$group": group}], self._dated | (_exact() if self._date == "published_at" else {}))

    def names(self, field: str, most: int) -> list[Document]:
        """``{_id: name, articles}``: the values of a list of names that most articles have."""
        group = {"$group": {"_id": f"${field}", "articles": {"$sum": 1}}}
        return self._asked(
            [{"$unwind": f"${field}"}, group, {"$sort": {"articles": -1, "_id": 1}}, {"$limit": most}],
            {f"{field}.0": {"$exists": True}},
        )

    def watched_since(self, sites: Sequence[str]) -> dict[str, datetime]:
        """When the first article of each site was seen, whatever the filters say, or when it was put on the list.

        The later of the two: a site may have been tried out long before.
        """
        steps: Steps = [
            {"$match": {"site": one_of(sites), "first_seen_at": {"$exists": True}}},
            {"$group": {"_id": "$site", "since": {"$min": "$first_seen_at"}}},
        ]
        since = {group["_id"]: group["since"] for group in self._articles.aggregate(steps, allowDiskUse=True)}
        listed = self._sites.find({"_id": one_of(sites), "added_at": {"$exists": True}}, {"added_at": 1})
        return since | {site["_id"]: max(site["added_at"], since.get(site["_id"], site["added_at"])) for site in listed}

    def delays(self, site: str, since: datetime) -> Iterator[tuple[int, int]]:
        """Whole minutes from publication to the first sight, and of how many articles that came out since then."""
        minutes = {"$floor": {"$divide": [{"$subtract": ["$first_seen_at", "$published_at"]}, 60_000]}}
        came: Query = {"site": site, "published_at": {"$gt": since}, "first_seen_at": {"$exists": True}} | _exact()
        for group in self._streamed([{"$group": {"_id": minutes, "articles": {"$sum": 1}}}], came):
            yield int(group["_id"]), int(group["articles"])

    def changed_fields(self) -> list[Document]:
        """``{_id: field, articles}``: what the latest change of each article that has changed was."""
        group = {"$group": {"_id": "$last_change.fields", "articles": {"$sum": 1}}}
        steps: Steps = [{"$unwind": "$last_change.fields"}, group, {"$sort": {"articles": -1, "_id": 1}}]
        return self._asked(steps, {"last_change.kind": "changed"})

    def latest_changes(self, most: int) -> Iterator[tuple[Document, Document]]:
        """The articles that changed last, each with what it said before."""
        changed = self._articles.find(self._and({"last_change.kind": "changed"}), {"sketch": 0, "html": 0})
        for article in changed.sort("last_changed_at", -1).limit(most):
            before = self._revisions.find_one(
                {"article_id": article["_id"], "replaced_by": None}, {"html": 0}, sort=[("revision", -1)]
            )
            if before:
                yield before, article

    def latest_gone(self, most: int) -> list[Document]:
        """The articles that their sites took away last."""
        fields = dict.fromkeys(("site", "url", "title", "published_at", "gone_at"), 1)
        found = self._articles.find(self._and({"gone_at": {"$exists": True}}), fields)
        return list(found.sort("gone_at", -1).limit(most))

    @property
    def _dated(self) -> Query:
        return {self._date: {"$exists": True}}

    def _and(self, condition: Query) -> Query:
        return {"$and": [self._query, condition]} if self._query else condition

    def _streamed(self, steps: Steps, condition: Query | None = None) -> Iterator[Document]:
        query = self._and(condition) if condition else self._query
        return self._articles.aggregate([{"$match": query}, *steps], allowDiskUse=True, batchSize=AT_ONCE)

    def _asked(self, steps: Steps, condition: Query | None = None) -> list[Document]:
        return list(self._streamed(steps, condition))


def site_documents(database: Database[Document], sites: Sequence[str]) -> Iterator[Document]:
    """What is known of these sites, or of all, in the order of their names."""
    query: Query = {"_id": one_of(sites)} if sites else {}
    return database["sites"].find(query, batch_size=AT_ONCE).sort("_id", 1)


def period_of_runs(database: Database[Document], query: Query) -> tuple[datetime, datetime] | None:
    """When the first and the last of the runs began that are meant (see ``run_table.run_query``)."""
    group = {"_id": None, "first": {"$min": "$started_at"}, "last": {"$max": "$started_at"}}
    for found in database["runs"].aggregate([{"$match": query}, {"$group": group}]):
        return (found["first"], found["last"]) if found["first"] else None
    return None


def costs_by_time(database: Database[Document], query: Query, unit: str, zone: ZoneInfo) -> Iterable[Document]:
    """``{_id: at, runs, requests, bytes, articles, timed, seconds, longest}`` of each day, week, month or year."""
    when = _begin_of("$started_at", unit, zone.key)
    return database["runs"].aggregate([{"$match": query}, {"$group": {"_id": when} | _COSTS}], allowDiskUse=True)


def costs_by_spider(database: Database[Document], query: Query) -> list[Document]:
    """The same of each spider and exit status, ``_id`` of which is absent if the run told none."""
    group = {"_id": {"spider": "$spider", "exit_status": "$exit_status"}} | _COSTS
    return list(database["runs"].aggregate([{"$match": query}, {"$group": group}], allowDiskUse=True))


def _number_where(condition: Query) -> Query:
    return {"$sum": {"$cond": [condition, 1, 0]}}


def _is(field: str, kind: str) -> Query:
    return {"$eq": [{"$type": f"${field}"}, kind]}


def _is_empty(field: str) -> Query:
    return {"$eq": [{"$ifNull": [f"${field}", []]}, []]}


def _exact() -> Query:
    """Articles whose site states the time of publication, not the day alone."""
    return {"published_precision": {"$nin": ["day", "age"]}}


def _begin_of(date: str, unit: str, zone: str) -> Query:
    return {"$dateTrunc": {"date": date, "unit": unit, "timezone": zone, "startOfWeek": "monday"}}
