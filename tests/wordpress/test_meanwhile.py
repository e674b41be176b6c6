"""A post that is published in the middle of a crawl of a real WordPress: neither lost nor stored twice."""

from collections.abc import Callable

import pytest

from crawler.routes.rest import RestApi
from crawler.routes.restcursor import RestCursor

from .conftest import OpenCrawler, OpenSite
from .newspaper import Newspaper
from .scenarios import BY_REST, PRESSROOM
from .server import requests_of
from .test_rest import ask
from .truth import truth_of

NEWS = {"post_title": "Fresh from the pier", "post_content": "<p>The ferry is early.</p>"}


@pytest.mark.parametrize("start", [RestCursor.everything, RestCursor.sweep])
def test_the_walk_by_rest_tells_it_once(open_site: OpenSite, start: Callable[[RestApi, int], RestCursor]) -> None:
    site = open_site(f"meanwhile-{start.__name__}")
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
    cursor: RestCursor | None = start(RestApi(f"{site.url}/wp-json/"), 10)
    told: list[int | None] = []
    pages = 0
    while cursor:
        page = ask(site, cursor.url)
        told += [candidate.wp_id for candidate in cursor.fresh(page)]
        cursor = cursor.advance(page)
        pages += 1
        if pages in (2, 6):
            site.change(publish=[f"meanwhile-{pages}", NEWS])
    posts = truth_of(site)
    assert {"meanwhile-2", "meanwhile-6"} <= {post.key for post in posts.values()}
    assert sorted(id_ for id_ in told if id_) == sorted(posts)


@pytest.mark.parametrize("off", ["", "rest", "rest,feed"])
def test_it_is_stored_once_by_this_crawl_or_the_next(open_site: OpenSite, open_crawler: OpenCrawler, off: str) -> None:
    name = f"meanwhile-{len(off)}"
    site = open_site(name)
    site.change(theme=[PRESSROOM.name], structure=["/%postname%/"], option=["presswalk_off", off])
    newspaper = Newspaper(site, open_crawler(name), BY_REST)
    published: list[str] = []

    def publish() -> bool:
        """Once, when the crawl is under way; it goes on."""
        if not published and len(requests_of(site)) > 3:
            published.append("meanwhile")
            site.change(publish=["meanwhile", NEWS])
        return False

    newspaper.crawler.run_until(publish, "wordpress", site=site.url)
    assert published
    stored = newspaper.crawl()
    assert stored.keys() == truth_of(site).keys()
    midway = newspaper.post("meanwhile").id
    assert (stored[midway]["title"], stored[midway]["revision"]) == (NEWS["post_title"], 0)
    added = [event for event in newspaper.announced() if event["type"] == "article.added"]
    assert len(added) == len(stored)
