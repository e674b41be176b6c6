"""A real WordPress tells that it published, and the article is there: see benchmarks/push for how soon."""

from functools import partial
from pathlib import Path
from statistics import median

from crawler.storage.connect import connect
from tests.spiders.listening import listening
from tests.spiders.running import Scrapy
from tests.waiting import soon

from .conftest import OpenSite
from .pushing import follow, publish
from .scenarios import PRESSROOM

WITHIN = 15.0
"""Seconds, on a busy machine."""


def test_from_its_ping_to_the_article_in_seconds(open_site: OpenSite, scrapy: Scrapy, tmp_path: Path) -> None:
    site = open_site("push")
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
    with connect(scrapy.uri) as client, listening(scrapy, tmp_path, PUSH_DEBOUNCE_SECONDS="0.1") as listener:
        database = client[scrapy.database_name]
        follow(database, site, listener.port)
        is_crawled = partial(scrapy.find, "sites", {"swept_at": {"$exists": True}})
        assert any(soon(lambda: bool(is_crawled())) for _ in range(6)), listener.log()
        timelines = [publish(database, site, f"Early ferry {number}") for number in range(3)]
        assert listener.stop() == 0
    assert median(timeline.total for timeline in timelines) < WITHIN
    assert all(step >= -0.001 for one in timelines for step in (one.told, one.asked, one.feed, one.rest, one.stored))
    assert listener.counts["push"]["accepted/ping"] == 3
