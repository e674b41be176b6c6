"""A site changes its theme: what a crawl says of it, once, and what is said when it is back."""

from typing import ClassVar

from demo.content import demo_site
from demo.core.context import Context
from demo.core.head import Signal
from demo.model import Post
from demo.server import Served, serve
from demo.site import DemoSite
from demo.themes import THEMES
from demo.themes.bare import Bare
from tests.spiders.running import Document, Scrapy

PAGES = "archive,navigation"
"""The routes over pages alone: every crawl by them reads every page again."""


POSTS = 16
"""Of the newspaper; more would only take longer."""


class Undated(Bare):
    """A theme that shows neither when nor by whom a post was published."""

    name: ClassVar[str] = "undated"
    signals: ClassVar[tuple[Signal, ...]] = ("generator", "canonical")

    def posted_on(self, context: Context, post: Post) -> str:
        """Nothing."""
        return ""


def small_site() -> DemoSite:
    """The demo site with its latest posts alone."""
    site = demo_site("/%postname%/")  # without dates in the addresses
    former = {post.id for post in site.published()[POSTS:]}
    for post in list(site.posts.values()):
        if former & {post.id, post.parent}:
            site.delete(post.id)
    return site


def crawl(scrapy: Scrapy, served: Served) -> tuple[int, str]:
    """The exit status of a crawl for cron, and what it printed."""
    outcome = scrapy.crawl("wordpress", "--quiet", site=served.url, routes=PAGES)
    return outcome.status, outcome.out + outcome.err


def told(scrapy: Scrapy) -> list[Document]:
    """The events of changed layouts."""
    return scrapy.find("events", {"type": "site.layout_changed"})


def test_a_theme_that_shows_no_dates_and_authors_is_told_once_and_its_end_is_recorded(scrapy: Scrapy) -> None:
    with serve(small_site(), "classic") as served:
        name = served.origin.removeprefix("http://")
        assert [crawl(scrapy, served) for _ in range(2)] == [(0, ""), (0, "")]
        [site] = scrapy.find("sites")
        known = site["layout"]["page"]
        assert known["authors"]["shown"] == known["authors"]["of"] == len(scrapy.find("articles", {"access": "open"}))
        assert not [one for one in known.values() if "broken_since" in one]

        served.theme = Undated()
        status, printed = crawl(scrapy, served)
        assert status == 10
        assert f"{name}: its layout seems to have changed: posts do not show published_at, authors" in printed
        [event] = told(scrapy)
        assert (event["site"], event["url"].startswith(served.url)) == (name, True)
        assert {"published_at", "authors"} <= set(event["fields"])
        since = site["layout"]["page"]["authors"]["last_shown_at"]
        assert scrapy.find("sites")[0]["layout"]["page"]["authors"]["broken_since"] == since
        shown = scrapy.run("sites", "show", name).out
        assert f"pages: authors since {since:%Y-%m-%d %H:%M} UTC" in shown
        assert f"100% had it  {served.url}" in shown
        assert "layout changed: no published_at, authors" in shown

        assert crawl(scrapy, served) == (0, "")
        assert len(told(scrapy)) == 1

        served.theme = THEMES["classic"]
        assert crawl(scrapy, served) == (0, "")
        mended = scrapy.find("sites")[0]["layout"]["page"]["authors"]
        assert "broken_since" not in mended
        assert mended["recovered_at"] >= since
    assert all(article["authors"] for article in scrapy.find("articles", {"access": "open"}))
