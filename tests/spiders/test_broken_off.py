"""A whole crawl that did not come to its end: the next one does not read again what lists name and it had stored."""

import signal
import subprocess
import sys

import pytest

from tests.spiders.running import REPOSITORY, Document, Scrapy
from tests.spiders.test_left import Site, serving
from tests.spiders.test_rest_walk import sitemap
from tests.waiting import soon

POSTS = 14
_SLOW = 'DOWNLOAD_SLOTS={"127.0.0.1": {"delay": 0.4, "concurrency": 1}}'


def broken_off(scrapy: Scrapy, site: Site, how: signal.Signals) -> set[str]:
    """The targets of the posts that were stored before."""
    told = ["-a", f"site={site.url}", "-a", "routes=sitemap", "-s", _SLOW]
    first = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "wordpress", *told],
        cwd=REPOSITORY, env=scrapy.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert soon(lambda: len(scrapy.find()) >= 3)
    finally:
        first.send_signal(how)
        first.wait(60)
    return {article["url"].removeprefix(site.url.rstrip("/")) for article in scrapy.find()}


def record(scrapy: Scrapy) -> Document:
    [kept] = scrapy.find("sites")
    return kept


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_sitemap_names_is_read_once_however_often_a_crawl_breaks_off(
    scrapy: Scrapy, how: signal.Signals
) -> None:
    with serving(POSTS) as site:
        urls = [f"{site.url.rstrip('/')}/post-{n}/" for n in range(1, POSTS + 1)]
        site.pages["/wp-sitemap.xml"] = sitemap("urlset", *urls)
        stored = broken_off(scrapy, site, how)
        assert 3 <= len(stored) < POSTS
        began = record(scrapy)["begun_at"]
        site.asked.clear()
        outcome = scrapy.crawl("wordpress", site=site.url, routes="sitemap")
        asked = {target for target in site.asked if target.startswith("/post-")}
    assert outcome.status == 0, outcome.err
    assert (len(scrapy.find()), asked & stored) == (POSTS, set())
    kept = record(scrapy)
    assert began <= kept["swept_at"]
    assert "begun_at" not in kept
    assert kept["complete"]["value"] is True
