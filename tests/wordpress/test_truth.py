"""The site the other tests crawl is what they take it for."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from .conftest import OpenSite
from .install import Site, what_is_missing
from .scenarios import SCENARIOS, Scenario
from .server import forget_requests, requests_of
from .truth import OUTSIDE_ARTICLES, SECRETS, Post, truth_of


@pytest.fixture(scope="module")
def site(open_site: OpenSite) -> Site:
    return open_site("truth")


@pytest.fixture(scope="module")
def posts(site: Site) -> dict[str, Post]:
    site.change(structure=["/%postname%/"], theme=["twentytwentyone"])
    return {post.key: post for post in truth_of(site).values()}


def body_of(url: str) -> str:
    """The page at a URL; also of an error."""
    try:
        with urlopen(url, timeout=30) as response:  # noqa: S310 - our own site on loopback
            return str(response.read().decode())
    except HTTPError as error:
        with error:
            return error.read().decode()


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert {"php", "mariadb-dump"} <= set(what_is_missing())


def test_what_is_seeded(posts: dict[str, Post]) -> None:
    assert len(posts) >= 130
    assert not [key for key in posts if key.startswith(("hidden", "page"))]
    assert len({name for post in posts.values() for name in post.authors}) == 7
    assert posts["none"].categories == ["Uncategorized"]
    assert posts["several"].categories == ["Balkans", "Markets & Prices", "World", "Ελλάδα"]
    assert posts["discussed"].comment_count == 55
    assert [len(posts[key].pages) for key in ("short", "twopages", "blockpages", "fourpages")] == [1, 2, 3, 4]
    assert posts["password"].title == "Minutes of the council"
    assert posts["password"].pages == []
    assert posts["quotes"].title == "The “old” pier & the mayor’s new plan — 10 < 20"
    assert posts["renamed"].url.endswith("/a-better-address/")
    assert len(posts["longslug"].url.rstrip("/").rpartition("/")[2]) in range(190, 201)
    assert sum(post.modified_at > post.published_at for post in posts.values()) > 10


def test_text_is_in_blocks(posts: dict[str, Post]) -> None:
    blocks = posts["blocks"].pages[0].split("\n\n")
    assert blocks[1:3] == ["Boat | Year", "Petrel | 1931"]
    assert blocks[4:7] == ["Outer", "Inner", "high water 06:10\nlow water 12:25"]
    assert posts["plain-0"].pages[0].split("\n\n")[2].count("\n") == 1
    assert posts["caption"].pages[0].count("\n\n") == 1


def test_posts_of_one_second_are_skipped_by_the_chain(posts: dict[str, Post]) -> None:
    linked = {url for post in posts.values() for url in (post.previous_url, post.next_url)}
    unlinked = [key for key, post in posts.items() if post.url not in linked]
    assert len(unlinked) == 1
    assert unlinked[0].startswith("same-second-")


def test_private_things_stay_private(site: Site, posts: dict[str, Post]) -> None:
    urls = [f"{site.url}/", posts["password"].url, posts["discussed"].url, posts["several"].url]
    pages = "".join(map(body_of, urls))
    assert [secret for secret in SECRETS if secret in pages] == []
    assert [word for word in OUTSIDE_ARTICLES if word in pages] == ["APPROVED-COMMENT-MARKER"]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_scenario_answers(site: Site, scenario: Scenario) -> None:
    site.change(
        theme=[scenario.theme.name],
        structure=[scenario.structure],
        front=[scenario.front],
        option=["pressroom_front", scenario.option],
    )
    post = next(post for post in truth_of(site).values() if post.key == "several")
    forget_requests(site)
    assert post.title in body_of(post.url)
    assert 'rel="canonical"' in body_of(post.url)
    assert "</html>" in body_of(f"{site.url}/")
    body_of(f"{site.url}/robots.txt")
    rewrites = scenario.structure.startswith("/") and not scenario.structure.startswith("/index.php")
    assert [request.status for request in requests_of(site)] == [200, 200, 200, 200 if rewrites else 404]
