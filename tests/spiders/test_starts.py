"""Which look at a site asks for what is new alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.schedule import Schedule
from crawler.site_record import SiteRecord
from crawler.spiders.progress import SiteProgress
from crawler.spiders.starts import asks_only_for_news, read_since
from tests.examples import NOW, SITE


def ago(span: timedelta | None) -> datetime | None:
    return None if span is None else NOW - span


KNOWN = SiteRecord(id=SITE, swept_at=NOW - timedelta(hours=1), offers_expire_at=NOW + timedelta(days=30))


@pytest.mark.parametrize(
    ("record", "types", "since", "told"),
    [
        (KNOWN, None, None, True),
        (replace(KNOWN, swept_at=None), None, None, False),
        (replace(KNOWN, begun_at=NOW - timedelta(minutes=9)), None, None, False),
        (replace(KNOWN, offers_expire_at=NOW), None, None, False),
        (KNOWN, None, NOW, False),
        (KNOWN, ("post",), None, True),
        (KNOWN, ("recipe",), None, False),
        (replace(KNOWN, types=["recipe"]), ("recipe",), None, True),
    ],
)
def test_one_of_a_whole_site_that_was_crawled_whole_not_long_ago(
    record: SiteRecord, types: tuple[str, ...] | None, since: datetime | None, *, told: bool
) -> None:
    wanted = SiteProgress(site=SITE, types=types, since=since)
    assert asks_only_for_news(record, wanted, Schedule(), NOW) is told


@pytest.mark.parametrize(
    ("left", "begun", "since"),
    [
        (None, None, None),
        (None, timedelta(days=6), timedelta(days=6)),
        (None, timedelta(days=8), None),
        (timedelta(days=30), timedelta(days=1), timedelta(days=30)),
    ],
)
def test_what_a_crawl_has_seen_that_was_left_or_lately_broke_off_is_not_read_again(
    left: timedelta | None, begun: timedelta | None, since: timedelta | None
) -> None:
    record = replace(KNOWN, unfinished_since=ago(left), begun_at=ago(begun))
    assert read_since(record, NOW, Schedule(sweep_every=timedelta(days=7))) == ago(since)
