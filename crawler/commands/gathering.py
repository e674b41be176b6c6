"""The figures of a report, asked one after the other, and made into its model."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pymongo.database import Database

from crawler.asking import run_table
from crawler.asking.filters import Filters
from crawler.changes import Document
from crawler.report import articles, crawls, telling
from crawler.report.asked import asked
from crawler.report.delays import Delays
from crawler.report.model import Changes, Costs, Report, Stories
from crawler.report.periods import Axis, axis
from crawler.storage.report_figures import (
    ReportFigures,
    costs_by_spider,
    costs_by_time,
    period_of_runs,
    site_documents,
)
from crawler.storage.run_list import JUDGED_BY, judged, runs
from crawler.storage.story_list import articles_by_story
from crawler.story_report import told

_NAMES = 15
"""Categories, and authors."""

_DELAYED_SITES = 200
"""Sites of which it is asked how fast their articles were seen; each is a question of its own."""


def gathered(
    database: Database[Document], filters: Filters, zone: ZoneInfo, now: datetime, *, text_index: bool
) -> Report:
    """The report of what filters mean."""
    figures = ReportFigures(database, filters, zone, text_index=text_index)
    by_site = figures.by_site()
    along = articles.axis_of(by_site, filters.since, filters.until, now, zone)
    named = [site["_id"] for site in by_site[: articles.SITES]]
    whole, steps_of = articles.steps_by_site(along, figures.by_time(along.unit), named) if along else (None, {})
    delays = _delays(figures, [site["_id"] for site in by_site[:_DELAYED_SITES]])
    return Report(
        made_at=telling.minute(now, zone),
        zone=zone.key,
        asked=asked(filters, zone),
        verb=articles.VERBS[filters.dated],
        facts=articles.facts(by_site),
        articles=_sum(by_site, "articles"),
        stored="" if by_site else _stored(database, filters, zone),
        undated=_sum(by_site, "articles") - _sum(by_site, "dated"),
        steps=whole,
        sites=articles.site_rows(by_site, steps_of, along),
        more_sites=max(0, len(by_site) - articles.SITES),
        hours=articles.hours(figures.by_hour()),
        categories=articles.ranking(figures.names("categories", _NAMES), _sum(by_site, "no_categories")),
        authors=articles.ranking(figures.names("authors", _NAMES), _sum(by_site, "no_authors")),
        delay=delays.total(),
        delay_buckets=delays.buckets() if delays.articles else (),
        delay_sites=delays.sites(articles.SITES),
        changes=_changes(figures, zone),
        stories=_stories(database, filters, zone, text_index=text_index),
        health=crawls.health(site_documents(database, filters.sites), now),
        costs=_costs(database, filters, zone, now),
    )


def _sum(by_site: Sequence[Document], name: str) -> int:
    return sum(site[name] for site in by_site)


def _stored(database: Database[Document], filters: Filters, zone: ZoneInfo) -> str:
    """From when to when there are articles, of these sites if any are named: none of them is like that."""
    these = Filters(sites=filters.sites)
    by_site = ReportFigures(database, these, zone, text_index=False).by_site()
    return articles.stored(by_site, zone, of_some=bool(filters.sites))


def _delays(figures: ReportFigures, sites: Sequence[str]) -> Delays:
    delays = Delays()
    for site, since in figures.watched_since(sites).items() if sites else ():
        delays.add(site, figures.delays(site, since))
    return delays


def _changes(figures: ReportFigures, zone: ZoneInfo) -> Changes:
    latest, gone = figures.latest_changes(telling.NAMED), figures.latest_gone(telling.NAMED)
    return telling.changes(figures.changed_fields(), latest, gone, zone)


def _stories(database: Database[Document], filters: Filters, zone: ZoneInfo, *, text_index: bool) -> Stories:
    return telling.stories(told(articles_by_story(database, filters, text_index=text_index), 1), zone)


def _costs(database: Database[Document], filters: Filters, zone: ZoneInfo, now: datetime) -> Costs:
    query = run_table.run_query(filters.sites, filters.since, filters.until)
    period = period_of_runs(database, query)
    if period is None:
        return Costs()
    along: Axis = axis(*period, zone)
    latest = runs(database, query, dict.fromkeys(run_table.FIELDS, 1) | JUDGED_BY, crawls.RUNS)
    return crawls.costs(
        costs_by_time(database, query, along.unit, zone),
        costs_by_spider(database, query),
        judged(database, latest, now),
        along,
    )
