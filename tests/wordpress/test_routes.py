"""The two smaller spiders: along the post navigation from one post, and one archive."""

from collections.abc import Mapping

import pytest

from .comparison import assert_right
from .conftest import OpenCrawler, OpenSite
from .install import Site
from .scenarios import TWENTY_ONE
from .truth import Post, reachable, truth_of


@pytest.fixture(scope="module")
def site(open_site: OpenSite) -> Site:
    site = open_site("routes")
    site.change(theme=[TWENTY_ONE.name], structure=["/%postname%/"])
    return site


@pytest.fixture(scope="module")
def posts(site: Site) -> dict[int, Post]:
    return truth_of(site)


def by_key(posts: Mapping[int, Post], key: str) -> Post:
    return next(post for post in posts.values() if post.key == key)


@pytest.mark.parametrize("direction", ["both", "older", "newer"])
def test_navigation_reaches_both_ends(posts: dict[int, Post], open_crawler: OpenCrawler, direction: str) -> None:
    start = by_key(posts, "plain-90")
    expected = reachable(posts, start, direction)
    crawler = open_crawler(f"navigation-{direction}")
    assert crawler.run("navigation", url=start.url, direction=direction) == 0, crawler.log()[-5000:]
    assert_right(expected, crawler.documents(), TWENTY_ONE)
    assert direction != "both" or len(expected) == len(posts) - 1


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("category/world/europe", {"Europe", "Balkans"}),
        ("tag/harbour", {"harbour"}),
        ("author/maria", {"María José Carreño Quiñones"}),
    ],
)
def test_category_stores_exactly_the_archive(
    site: Site, posts: dict[int, Post], open_crawler: OpenCrawler, path: str, chosen: set[str]
) -> None:
    names = {id_: {*post.categories, *post.tags, *post.authors} for id_, post in posts.items()}
    expected = {id_: post for id_, post in posts.items() if chosen & names[id_]}
    crawler = open_crawler(f"archive-{path.rpartition('/')[2]}")
    assert crawler.run("category", url=f"{site.url}/{path}/") == 0, crawler.log()[-5000:]
    assert len(expected) > 10
    assert_right(expected, crawler.documents(), TWENTY_ONE)


def test_limit_is_kept(site: Site, posts: dict[int, Post], open_crawler: OpenCrawler) -> None:
    crawler = open_crawler("limit")
    assert crawler.run("category", url=f"{site.url}/category/world/", limit="7") == 0, crawler.log()[-5000:]
    stored = crawler.documents()
    assert len(stored) == 7
    assert {document["wp_id"] for document in stored} <= posts.keys()
