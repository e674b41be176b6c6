"""A crawl that is killed five times, and run again each time: by its pages, and by the REST API."""

from collections import Counter
from functools import partial
from random import Random

from .comparison import assert_right
from .conftest import OpenCrawler, OpenSite
from .crawling import Crawler
from .install import Site
from .scenarios import BY_PAGES, BY_REST, PRESSROOM, Theme
from .server import forget_requests, requests_of
from .truth import truth_of

KILLS = 5
SEED = 20251203
_MANY = 600
"""Posts besides the seeded ones: the REST API is asked eight times."""
_AT_ONCE = 100


def answered(site: Site, requests: int) -> bool:
    """Whether the site has answered so many requests since its log was begun."""
    return len(requests_of(site)) >= requests


def kill(site: Site, crawler: Crawler, requests: tuple[int, int], **arguments: str) -> None:
    """Crawl five times, each time killed when the site has answered so many requests."""
    moments = Random(SEED)  # noqa: S311 - the moments of the kills are to be the same in every run
    killed = 0
    for _ in range(KILLS):
        forget_requests(site)
        enough = partial(answered, site, moments.randint(*requests))
        killed += crawler.run_until(enough, "wordpress", site=site.url, **arguments)
    assert killed == KILLS, crawler.log()[-5000:]
    assert crawler.run("wordpress", site=site.url, **arguments) == 0, crawler.log()[-5000:]


def assert_once(site: Site, crawler: Crawler, reading: Theme) -> None:
    """Every post is stored once, was announced once, and never seemed to change."""
    assert_right(truth_of(site), crawler.documents(), reading)
    added = [event for event in crawler.documents("events") if event["type"] == "article.added"]
    stored = Counter(document["_id"] for document in crawler.documents())
    assert Counter(event["article_id"] for event in added) == stored
    assert crawler.documents("revisions") == []


def test_every_post_is_there_once_after_five_kills(open_site: OpenSite, open_crawler: OpenCrawler) -> None:
    site = open_site("kill")
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
    crawler = open_crawler("kill")
    kill(site, crawler, (5, 120), routes=BY_PAGES)
    assert_once(site, crawler, PRESSROOM)


def test_every_post_is_there_once_after_five_kills_by_rest(open_site: OpenSite, open_crawler: OpenCrawler) -> None:
    site = open_site("kill-rest")
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
    for first in range(0, _MANY, _AT_ONCE):
        second = f"2025-03-04 05:06:{first // _AT_ONCE:02}"
        site.php("bulk.php", {"first": first, "count": _AT_ONCE, "second": second})
    crawler = open_crawler("kill-rest")
    kill(site, crawler, (4, 9))
    assert_once(site, crawler, BY_REST)
