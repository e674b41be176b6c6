"""Which look at a site asks for what is new alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.schedule import Schedule
from crawler.site_record import SiteRecord
from crawler.spiders.progress import SiteProgress
from crawler.spiders.starts import asks_only_for_news
from tests.examples import NOW, SITE

KNOWN = SiteRecord(id=SITE, swept_at=NOW - timedelta(hours=1), offers_expire_at=NOW + timedelta(days=30))


@pytest.mark.parametrize(
    ("record", "types", "since", "told"),
    [
        (KNOWN, None, None, True),
        (replace(KNOWN, swept_at=None), None, None, False),
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
