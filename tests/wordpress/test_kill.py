"""A crawl that is killed five times, and run again each time."""

from collections import Counter
from functools import partial
from random import Random

from .comparison import assert_right
from .conftest import OpenCrawler, OpenSite
from .install import Site
from .scenarios import PRESSROOM
from .server import forget_requests, requests_of
from .truth import truth_of

KILLS = 5
SEED = 20251203


def answered(site: Site, requests: int) -> bool:
    """Whether the site has answered so many requests since its log was begun."""
    return len(requests_of(site)) >= requests


def test_every_post_is_there_once_after_five_kills(open_site: OpenSite, open_crawler: OpenCrawler) -> None:
    site = open_site("kill")
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
    crawler = open_crawler("kill")
    moments = Random(SEED)  # noqa: S311 - the moments of the kills are to be the same in every run
    killed = 0
    for _ in range(KILLS):
        forget_requests(site)
        enough = partial(answered, site, moments.randint(5, 120))
        killed += crawler.run_until(enough, "wordpress", site=site.url)
    assert killed == KILLS, crawler.log()[-5000:]
    assert crawler.run("wordpress", site=site.url) == 0, crawler.log()[-5000:]
    assert_right(truth_of(site), crawler.documents(), PRESSROOM)
    added = [event for event in crawler.documents("events") if event["type"] == "article.added"]
    stored = Counter(document["_id"] for document in crawler.documents())
    assert Counter(event["article_id"] for event in added) == stored
    assert crawler.documents("revisions") == []
