"""The model of a report, by values, from a small database."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pymongo.database import Database

from crawler.asking.filters import Filters
from crawler.commands.gathering import gathered
from crawler.report.delays import SiteDelay
from crawler.report.model import Report

from ..examples import NOW
from ..report.examples import DAY, HOSTILE, archive

UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture
def filled(blocking_database: Database[dict[str, Any]]) -> Database[dict[str, Any]]:
    """The small archive."""
    for collection, documents in archive().items():
        blocking_database[collection].insert_many(documents)
    return blocking_database


def report_of(database: Database[dict[str, Any]], zone: ZoneInfo = UTC_ZONE, **filters: Any) -> Report:
    return gathered(database, Filters(**filters), zone, NOW + 3 * DAY, text_index=False)


def test_articles_by_time_site_and_name(filled: Database[dict[str, Any]]) -> None:
    report = report_of(filled)
    assert [(fact.label, fact.value) for fact in report.facts] == [
        ("articles", "5"), ("sites", "2"), ("changed since", "1"), ("taken away", "1"), ("copies of others", "1"),
    ]  # fmt: skip
    assert report.steps
    assert (report.steps.unit, len(report.steps.values), report.steps.total, report.undated) == ("day", 42, 4, 1)
    assert [(f"{at:%m-%d}", n) for at, n in report.steps.values if n] == [("10-24", 1), ("12-04", 3)]
    rows = [
        (row.site, row.articles, row.changed, row.gone, row.copies, row.last, row.steps.total) for row in report.sites
    ]
    assert rows == [
        ("a.example", 3, 1, 1, 0, "2025-12-04", 3), ("b.example", 2, 0, 0, 1, "2025-12-04", 1),
    ]  # fmt: skip
    assert [(bar.name[:8], bar.number) for bar in report.categories.bars] == [("Town", 4), (HOSTILE[:8], 1)]
    assert [(bar.name[:8], bar.number) for bar in report.authors.bars] == [("Jane Doe", 3), (HOSTILE[:8], 1)]
    assert report.authors.without == 1


def test_an_hour_is_counted_only_where_one_is_known_and_in_the_zone(filled: Database[dict[str, Any]]) -> None:
    hours = report_of(filled).hours
    assert hours
    assert (hours.grid[3][18], hours.grid[3][19], hours.grid[4][18]) == (1, 1, 1)
    assert hours.busiest.startswith("3 articles with a known time of day: most on Thu (67%)")
    there = report_of(filled, ZoneInfo("Asia/Tokyo")).hours
    assert there
    assert (there.grid[4][3], there.grid[4][4], there.grid[5][3]) == (1, 1, 1)


def test_a_delay_is_of_what_came_out_after_its_site_was_known(filled: Database[dict[str, Any]]) -> None:
    report = report_of(filled)
    assert list(report.delay_sites) == [
        SiteDelay("a.example", 1, "6 min", "6 min"), SiteDelay("b.example", 1, "2 h 0 min", "2 h 0 min"),
    ]  # fmt: skip
    filled["sites"].update_one({"_id": "b.example"}, {"$set": {"added_at": NOW + 2 * DAY}})
    assert [site.site for site in report_of(filled).delay_sites] == ["a.example"]


def test_changes_stories_sites_and_costs(filled: Database[dict[str, Any]]) -> None:
    report = report_of(filled)
    assert {(bar.name, bar.number) for bar in report.changes.fields} == {("title", 1), ("categories", 1)}
    [edit] = report.changes.edits
    assert (edit.article.when, edit.article.later) == ("2025-12-05 18:00", "1 d 0 h after publication")
    assert [name for name, _ in edit.fields] == ["title", "categories"]
    assert [one.url for one in report.changes.gone] == ["https://a.example/old/"]
    assert [(bar.name, bar.number) for bar in report.stories.by_sites] == [("2 sites", 1)]
    assert [one.site for one in report.stories.largest[0].articles] == ["a.example", "b.example"]
    assert (report.health.in_trouble, report.health.sites) == (1, 2)
    assert [(row.cells[0], row.is_in_trouble) for row in report.health.rows] == [
        ("b.example", True),
        ("a.example", False),
    ]
    assert [fact.value for fact in report.costs.facts] == ["3", "120", "120 kB", "60 s", "15.0"]
    assert [list(cells) for cells in report.costs.spiders] == [
        ["category", "1", "0", "0", "0 B", "-", "-"],
        ["wordpress", "2", "1", "120", "120 kB", "60 s", "100 s"],
    ]
    assert report.costs.requests
    assert [number for _, number in report.costs.requests.values] == [100, 20]


def test_the_filters_hold_everywhere(filled: Database[dict[str, Any]]) -> None:
    report = report_of(filled, sites=("b.example",), since=NOW, until=NOW + 2 * DAY)
    assert (report.articles, [row.site for row in report.sites], len(report.health.rows)) == (1, ["b.example"], 1)
    assert (report.changes.edits, report.costs.facts) == ([], ())
    assert report.steps
    assert len(report.steps.values) == 3
    assert list(report.asked) == [("published", "2025-12-03 18:00 to 2025-12-05 18:00"), ("sites", "b.example")]
    changed = report_of(filled, dated="changed")
    assert (changed.articles, changed.verb) == (2, "changed")


def test_an_empty_database_and_dates_that_cannot_be(blocking_database: Database[dict[str, Any]]) -> None:
    assert report_of(blocking_database).articles == 0
    [article] = [one for one in archive()["articles"] if one["url"].endswith("/copy/")]
    impossible = article | {"published_at": datetime(2900, 1, 1, tzinfo=UTC)}
    blocking_database["articles"].insert_one(impossible)
    report = report_of(blocking_database)
    assert report.steps
    assert (report.steps.total, report.steps.left_out, len(report.steps.values)) == (0, 1, 1)
