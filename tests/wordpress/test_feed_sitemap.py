"""The feeds and the core sitemaps of the real WordPress name every public post."""

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from crawler.reading import parse_page
from crawler.routes.candidates import Candidate, Role
from crawler.routes.feed import Feed, parse_feed
from crawler.routes.feedurls import feed_urls, next_page_url
from crawler.routes.sitemap import SitemapFile, files_to_fetch, parse_sitemap, sitemap_files
from crawler.urls import site_id, url_key

from .comparison import LANGUAGES
from .conftest import OpenSite
from .install import Site
from .truth import Post, truth_of

STRUCTURES = ("/%postname%/", "/index.php/%postname%/", "")
FEEDS = ("", "atom", "rdf")


@pytest.fixture(scope="module")
def site(open_site: OpenSite) -> Site:
    site = open_site("feeds")
    site.change(theme=["twentytwentyone"])
    return site


def fetch(url: str) -> bytes | None:
    """A body; None for an error page."""
    try:
        with urlopen(url, timeout=60) as response:  # noqa: S310 - our own site on loopback
            return bytes(response.read())
    except HTTPError as error:
        with error:
            return None


def feed_pages(feed: str, site: Site) -> Iterator[Feed]:
    """Every page of a feed, to the last."""
    before: frozenset[str] = frozenset()
    number = 1
    while body := fetch(next_page_url(feed, number)):
        page = parse_feed(body, feed, site_id(site.url))
        if not page.goes_on(before):
            return
        yield page
        before, number = page.listed, number + 1


def announced(site: Site) -> str:
    page = parse_page(fetch(site.url) or b"", f"{site.url}/")
    return feed_urls(page, f"{site.url}/", site_id(site.url))[0]


def of_kind(feed: str, kind: str) -> str:
    """The feed's address in another format."""
    if not kind:
        return feed
    return feed.replace("feed=rss2", f"feed={kind}") if "feed=" in feed else f"{feed}{kind}/"


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("kind", FEEDS)
def test_the_feed_yields_every_post(site: Site, structure: str, kind: str) -> None:
    site.change(structure=[structure])
    posts = truth_of(site)
    pages = list(feed_pages(of_kind(announced(site), kind), site))
    found = {candidate.url: candidate for page in pages for candidate in page.candidates}
    assert sum(len(page.candidates) for page in pages) == len(found)
    assert {url_key(url) for url in found} == {url_key(post.url) for post in posts.values()}
    by_url = {url_key(post.url): post for post in posts.values()}
    for url, candidate in found.items():
        assert_right(candidate, by_url[url_key(url)], kind)


def assert_right(candidate: Candidate, post: Post, kind: str) -> None:
    """What the feed says of a post is true. RSS 1.0 has no guid; Atom alone tells when a post was modified."""
    assert (candidate.published_at, candidate.role) == (post.published_at, Role.POST)
    assert candidate.modified_at == (post.modified_at if kind == "atom" else None)
    assert candidate.wp_id in ({post.id, None} if kind == "rdf" else {post.id})
    assert set(candidate.labels) == {*post.categories, *post.tags}
    article = candidate.article
    if article is None:
        assert len((post.pages or [""])[0].split()) < 60 or "…" in post.pages[0][-10:], post.key
        return
    assert (article.title or "", article.authors) == (post.title, post.authors), post.key
    assert article.access == ("password" if post.protected else "open")
    assert article.text == ((post.pages[0] or None) if post.pages else None), post.key
    assert article.language in ("en-US", LANGUAGES.get(post.key))


def test_most_posts_come_whole(site: Site) -> None:
    site.change(structure=["/%postname%/"])
    candidates = [candidate for page in feed_pages(announced(site), site) for candidate in page.candidates]
    assert sum(candidate.article is not None for candidate in candidates) > 0.8 * len(candidates)


def test_a_feed_of_summaries_gives_no_article(site: Site) -> None:
    site.change(structure=["/%postname%/"], option=["rss_use_excerpt", 1])
    try:
        page = next(feed_pages(announced(site), site))
        assert [candidate.article for candidate in page.candidates if candidate.article] == []
    finally:
        site.change(option=["rss_use_excerpt", 0])


def sitemap_posts(site: Site) -> Iterator[Candidate]:
    """The candidates of every sitemap that a site names."""
    home, id_ = f"{site.url}/", site_id(site.url)
    waiting: list[SitemapFile] = sitemap_files(home, id_, fetch(f"{home}robots.txt") or b"", f"{home}robots.txt")
    while waiting:
        file = waiting.pop(0)
        if body := fetch(file.url):
            found = parse_sitemap(body, file, id_)
            waiting += files_to_fetch(found.files)
            yield from found.candidates


@pytest.mark.parametrize("structure", ["/%postname%/", ""])
def test_the_sitemaps_yield_every_post(site: Site, structure: str) -> None:
    """Not with ``/index.php/``: WordPress names its sitemaps below the home then, where such a server answers 404."""
    site.change(structure=[structure])
    posts = {url_key(post.url): post for post in truth_of(site).values()}
    found = {url_key(candidate.url): candidate for candidate in sitemap_posts(site)}
    assert {key for key, candidate in found.items() if candidate.role == Role.POST} == posts.keys()
    for key, post in posts.items():
        assert found[key].modified_at in (post.modified_at, None), post.key  # lastmod since WordPress 6.5
