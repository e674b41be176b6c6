"""Listings as the demo's themes print them, over HTTP: following the older pages finds every post."""

from urllib.request import urlopen

import pytest

from crawler.reading.page import Page, parse_page
from crawler.routes.archive import archive_links, read_listing
from crawler.urls import canonical_url, site_id
from demo.content import demo_site
from demo.server import Served, serve
from demo.themes import THEMES


def fetch(url: str) -> Page:
    with urlopen(url, timeout=5) as response:  # noqa: S310 - the demo on loopback
        return parse_page(response.read(), url)


def walk(served: Served, url: str | None) -> list[str]:
    """What all pages of an archive list."""
    found: list[str] = []
    while url is not None:
        listing = read_listing(fetch(url), site_id(served.url))
        found += [post.url for post in listing.posts]
        url = listing.older
    return found


@pytest.mark.parametrize("permalinks", ["/%year%/%monthnum%/%day%/%postname%/", "", "/%category%/%postname%.html"])
@pytest.mark.parametrize("theme", sorted(THEMES.keys() - {"chain"}))
def test_the_home_pages_list_every_post(theme: str, permalinks: str) -> None:
    site = demo_site(permalinks=permalinks)
    with serve(site, theme) as served:
        found = walk(served, served.url)
        assert set(found) == {canonical_url(served.origin + post.path) for post in site.public_posts}
        assert len(served.requests) == 5


@pytest.mark.parametrize("theme", ["classic", "bare", "block"])
def test_a_listing_says_what_the_page_says(theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        listing = read_listing(fetch(served.url + "category/music/"), site_id(served.url))
        expected = [post for post in site.public_posts if "Music" in post.categories]
        assert [post.wp_id for post in listing.posts] == [post.id for post in expected]
        assert {post.type for post in listing.posts} == {"post"}
        dates = [post.published_at for post in listing.posts]
        assert dates == [None if theme == "bare" else post.published_at for post in expected]
        assert listing.older is None


def test_all_archives_of_a_page_are_found() -> None:
    site = demo_site()
    with serve(site) as served:
        links = archive_links(fetch(served.url), site_id(served.url))
        kinds = [link.removeprefix(served.url).split("/")[0] for link in links]
        assert kinds.count("category") == len(site.categories)
        assert kinds.count("tag") == len(site.tags)
        assert kinds.count("author") == len(site.users)
        assert sum(kind.isdigit() for kind in kinds) == len(
            {post.published_at.strftime("%Y%m") for post in site.public_posts}
        )
