"""The REST route against a real WordPress: answers, order, and articles as the database and the pages have them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from crawler.items import Article
from crawler.reading import other_pages, parse_page, read_pages
from crawler.routes.candidates import Candidate
from crawler.routes.rest import RestApi, rest_apis, rest_roots, slug_of
from crawler.routes.restanswer import RestPage, parse_posts, rest_bases
from crawler.routes.restcursor import RestCursor
from crawler.routes.restperiod import PeriodCursor
from crawler.urls import url_key

from .conftest import OpenSite
from .install import Site
from .scenarios import TWENTY_ONE
from .truth import SECRETS, Post, truth_of

_SAME_AS_ON_THE_PAGE = (
    "site", "url", "wp_id", "type", "title", "authors", "published_at", "categories", "tags", "text", "html", "embeds",
    "links", "word_count", "access",
)  # fmt: skip
"""What a page of the theme tells too; it does not show modification, nor the featured picture apart from others."""

_MODIFIED_TOGETHER = 250

Answer = tuple[int, Mapping[str, str], bytes]


@pytest.fixture(scope="module")
def site(open_site: OpenSite) -> Site:
    site = open_site("rest")
    site.change(theme=[TWENTY_ONE.name], structure=["/%postname%/"])
    return site


@pytest.fixture(scope="module")
def posts(site: Site) -> dict[int, Post]:
    return truth_of(site)


@pytest.fixture(scope="module")
def articles(site: Site) -> dict[int, Article]:
    return {article.wp_id: article for c in every(site) if (article := c.article) and article.wp_id}


def get(url: str) -> Answer:
    try:
        with urlopen(url, timeout=60) as response:  # noqa: S310 - our own site on loopback
            return response.status, dict(response.headers), response.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def ask(site: Site, url: str) -> RestPage:
    return parse_posts(*get(url), site.url)


def api(site: Site) -> RestApi:
    return RestApi(f"{site.url}/wp-json/")


def walk(site: Site, cursor: RestCursor | None) -> Iterator[tuple[RestPage, list[Candidate]]]:
    while cursor:
        page = ask(site, cursor.url)
        assert (page.refused, page.skipped) == (None, {})
        yield page, cursor.fresh(page)
        cursor = cursor.advance(page)


def every(site: Site, per_page: int = 100) -> list[Candidate]:
    return [c for _, fresh in walk(site, RestCursor.everything(api(site), per_page)) for c in fresh]


@pytest.mark.parametrize("structure", ["/%postname%/", "/index.php/%postname%/", ""])
def test_the_root_is_found_under_every_permalink_structure(open_site: OpenSite, structure: str) -> None:
    site = open_site(f"rest-root-{len(structure)}")
    site.change(theme=[TWENTY_ONE.name], structure=[structure])
    status, headers, body = get(f"{site.url}/")
    assert status == 200
    root = rest_roots(parse_page(body, f"{site.url}/", headers))[0]
    assert "rest_route" in root or "wp-json" in root
    page = ask(site, RestCursor.everything(RestApi(root)).url)
    assert (page.refused, page.total, page.listed) == (None, len(truth_of(site)), 100)


def test_the_collections_of_post_types(site: Site) -> None:
    status, _, body = get(api(site).types_url())
    bases = rest_bases(status, body)
    assert bases["post"] == "posts"
    assert rest_apis(f"{site.url}/wp-json/", ["page", "nosuch"], bases) == {
        "page": RestApi(f"{site.url}/wp-json/", "pages")
    }


@pytest.mark.parametrize(("per_page", "most"), [(100, 2), (10, 24)])
def test_every_public_post_is_given_once(site: Site, posts: dict[int, Post], per_page: int, most: int) -> None:
    answers = list(walk(site, RestCursor.everything(api(site), per_page)))
    given = [candidate.wp_id for _, fresh in answers for candidate in fresh]
    assert sorted(id_ for id_ in given if id_) == sorted(posts)
    assert answers[0][0].total == len(posts)
    assert len(answers) <= most


def test_articles_are_as_the_database_says(posts: dict[int, Post], articles: dict[int, Article]) -> None:
    assert [post.key for id_, post in posts.items() if id_ not in articles] == []
    for id_, post in posts.items():
        article = articles[id_]
        assert url_key(article.url) == url_key(post.url)
        assert (article.type, article.source.route) == ("post", "rest")
        assert article.title == post.title
        assert (article.published_at, article.modified_at) == (post.published_at, post.modified_at)
        assert (article.authors, article.categories, article.tags) == (post.authors, post.categories, post.tags)
        assert article.access == ("password" if post.protected else "open")
        assert article.text == ("\n\n".join(post.pages) or None)
        assert article.page_count == (None if post.protected else len(post.pages))


def test_articles_are_as_their_pages_are_read(posts: dict[int, Post], articles: dict[int, Article]) -> None:
    differences = []
    for id_, post in posts.items():
        shown = read_page(post.url)
        differences += [
            f"{post.key}: {field}: page {getattr(shown, field)!r}, API {getattr(articles[id_], field)!r}"[:900]
            for field in _SAME_AS_ON_THE_PAGE
            if getattr(shown, field) != getattr(articles[id_], field)
        ]
    assert differences == []


def read_page(url: str) -> Article:
    """A post from its pages."""
    status, headers, body = get(url)
    assert status == 200
    first = parse_page(body, url, headers)
    return read_pages([first, *(parse_page(get(other)[2], other) for other in other_pages(first))])


def test_what_is_not_public_is_not_told(articles: dict[int, Article]) -> None:
    told = str(list(articles.values()))
    assert [secret for secret in SECRETS if secret in told] == []


def test_named_posts_are_asked_for_together(site: Site, posts: dict[int, Post]) -> None:
    named = [*sorted(posts)[:99], 999_999]
    page = ask(site, api(site).include_url(named))
    assert (page.listed, {row.id for row in page.rows}) == (99, set(named[:99]))


def test_posts_that_are_named_by_id_or_slug_are_told_without_content(site: Site, posts: dict[int, Post]) -> None:
    """Only those of the collection."""
    named = sorted(posts)[:20]
    slugs = [slug for slug in (slug_of(posts[one].url) for one in named) if slug]
    for url in (api(site).include_url([*named, 999_999], brief=True), api(site).slugs_url([*slugs, "nowhere"])):
        page = ask(site, url)
        assert ({row.id for row in page.rows}, page.listed) == (set(named), 20)
        assert {url_key(one.url) for one in page.candidates} == {url_key(posts[one].url) for one in named}
        assert not [one for one in page.candidates if one.article]


def test_a_sweep_tells_ids_urls_and_versions(site: Site, posts: dict[int, Post]) -> None:
    swept = [candidate for _, fresh in walk(site, RestCursor.sweep(api(site))) for candidate in fresh]
    told = {c.wp_id: (url_key(c.url), c.modified_at, c.article) for c in swept}
    assert told == {id_: (url_key(post.url), post.modified_at, None) for id_, post in posts.items()}


def test_errors_are_reasons(site: Site) -> None:
    assert ask(site, f"{site.url}/wp-json/wp/v2/nosuch").refused == "rest_no_route"
    assert ask(site, f"{site.url}/wp-json/wp/v2/posts?per_page=101").refused == "rest_invalid_per_page"
    assert ask(site, f"{site.url}/").refused == "html"
    past_the_end = ask(site, f"{site.url}/wp-json/wp/v2/posts?page=900")
    assert (past_the_end.refused, past_the_end.rows) == (None, ())


def test_what_happens_later_is_found_by_one_request(open_site: OpenSite) -> None:
    site = open_site("rest-later")
    site.change(theme=[TWENTY_ONE.name], structure=["/%postname%/"])
    now = datetime.now(UTC)
    site.change(edit=["plain-3", {"post_title": "Another title"}])
    site.change(publish=["fresh", {"post_title": "Quite new", "post_content": "<p>Just in.</p>"}])
    answers = list(walk(site, RestCursor.modified_since(api(site), now, timedelta(seconds=1))))
    assert len(answers) == 1
    found = [candidate.article for candidate in answers[0][1]]
    assert {article.title for article in found if article} == {"Another title", "Quite new"}
    published = ask(site, PeriodCursor(api=api(site), since=now - timedelta(seconds=5)).url)
    assert len(published.rows) == 1


def test_many_posts_of_one_second_are_all_found(open_site: OpenSite) -> None:
    site = open_site("rest-bulk")
    site.change(structure=["/%postname%/"])
    for number in range(_MODIFIED_TOGETHER // 50):
        site.php("bulk.php", {"first": number * 50, "count": 50, "second": "2026-01-02 03:04:05"})
    found = every(site)
    assert len({candidate.wp_id for candidate in found}) == len(found) == len(truth_of(site))
    tied = [c for c in found if c.modified_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)]
    assert len(tied) == _MODIFIED_TOGETHER
