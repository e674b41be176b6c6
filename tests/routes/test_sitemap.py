"""Which sitemap files there are, which to fetch, and the posts that they name."""

import gzip
from collections import Counter
from datetime import UTC, datetime

import pytest

from crawler.routes.candidates import Candidate, Role
from crawler.routes.sitemap import Sitemap, SitemapFile, files_to_fetch, of_types, parse_sitemap, sitemap_files
from crawler.routes.sitemapnames import Contents, contents_of
from crawler.routes.xmlfile import UnreadableXml

SITE = "news.example"
HOME = "https://news.example"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0"?>\n<urlset {NAMESPACES}>{"".join(urls)}</urlset>'.encode()


def index(*entries: str) -> bytes:
    sitemaps = "".join(f"<sitemap>{entry}</sitemap>" for entry in entries)
    return f"<sitemapindex {NAMESPACES}>{sitemaps}</sitemapindex>".encode()


def url(path: str = "/ferry/", more: str = "") -> str:
    return f"<url><loc>{HOME}{path}</loc>{more}</url>"


def read(body: bytes, contents: Contents = Contents.POSTS, depth: int = 0) -> Sitemap:
    return parse_sitemap(body, SitemapFile(f"{HOME}/sitemap.xml", contents, depth=depth), SITE)


def only(body: bytes, contents: Contents = Contents.POSTS) -> Candidate:
    (candidate,) = read(body, contents).candidates
    return candidate


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_a_post_and_its_modification() -> None:
    found = only(urlset(url(more="<lastmod>2026-05-04T08:30:00-05:00</lastmod>")))
    assert (found.url, found.role, found.route) == (f"{HOME}/ferry/", Role.POST, "sitemap")
    assert (found.modified_at, found.modified_by) == (at(2026, 5, 4, 13, 30), at(2026, 5, 4, 13, 30))
    assert (found.published_at, found.article) == (None, None)


@pytest.mark.parametrize(
    ("lastmod", "latest"),
    [
        ("2026-05-04", at(2026, 5, 5, 12)),
        ("2026-05-04T08:30:00", at(2026, 5, 4, 20, 30)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_that_is_no_moment_has_only_a_last_one(lastmod: str, latest: datetime | None) -> None:
    found = only(urlset(url(more=f"<lastmod>{lastmod}</lastmod>")))
    assert (found.modified_at, found.modified_by) == (None, latest)


def test_news_are_posts_wherever_they_stand() -> None:
    news = (
        "<news:news><news:publication><news:name>The News</news:name></news:publication>"
        "<news:publication_date>2026-05-04T08:30:00+00:00</news:publication_date><news:title>Ferry</news:title></news:news>"
    )
    found = only(urlset(url(more=news)), Contents.MAYBE)
    assert (found.role, found.published_at, found.modified_at) == (Role.POST, at(2026, 5, 4, 8, 30), None)


def test_pictures_and_translations_are_no_posts() -> None:
    more = (
        f"<image:image><image:loc>{HOME}/wp-content/uploads/fog.jpg</image:loc></image:image>"
        f'<xhtml:link rel="alternate" hreflang="de" href="{HOME}/de/faehre/"/>'
    )
    assert only(urlset(url(more=more)), Contents.MAYBE).role == Role.MAYBE


def test_what_cannot_be_fetched_is_counted() -> None:
    outside = "<url><loc>https://other.example/x/</loc></url>"
    found = read(
        urlset(url(), url("/"), url("/feed/"), url("/ferry"), outside, "<url><lastmod>2026-05-04</lastmod></url>")
    )
    assert [candidate.url for candidate in found.candidates] == [f"{HOME}/ferry/"]
    assert found.dropped == Counter(home=1, feed=1, repeated=1, offsite=1, scheme=1)


def test_an_index_names_files() -> None:
    found = read(
        index(
            f"<loc>{HOME}/post-sitemap.xml</loc><lastmod>2026-05-04T08:30:00+00:00</lastmod>",
            "<loc>/page-sitemap.xml</loc>",
            "<loc>https://cdn.example/post-sitemap2.xml</loc>",
            f"<loc>{HOME}/post-sitemap.xml</loc>",
        ),
        Contents.MAYBE,
    )
    assert found.files == (
        SitemapFile(f"{HOME}/post-sitemap.xml", Contents.POSTS, at(2026, 5, 4, 8, 30), 1),
        SitemapFile(f"{HOME}/page-sitemap.xml", Contents.PAGES, None, 1),
    )
    assert (found.candidates, found.dropped) == ((), Counter(offsite=1))


def test_indexes_end() -> None:
    many = index(*(f"<loc>{HOME}/post-sitemap{number}.xml</loc>" for number in range(2100)))
    assert (len(read(many).files), read(many).dropped) == (2000, Counter(too_many=100))
    assert (read(many, depth=2).files, read(many, depth=2).dropped) == ((), Counter(too_deep=2100))


def test_the_newest_files_come_first_and_old_ones_not_at_all() -> None:
    old = SitemapFile("old", Contents.POSTS, at(2026, 1, 1))
    new = SitemapFile("new", Contents.POSTS, at(2026, 5, 1))
    newest = SitemapFile("newest", Contents.MAYBE, at(2026, 5, 4))
    news = SitemapFile("news", Contents.NEWS)
    first, second = SitemapFile("1", Contents.POSTS), SitemapFile("2", Contents.POSTS)
    others = [SitemapFile(contents.value, contents) for contents in (Contents.PAGES, Contents.TERMS, Contents.MEDIA)]
    files = [first, second, old, new, newest, news, *others]
    assert files_to_fetch(files) == [news, new, old, second, first, newest]
    assert files_to_fetch(files, since=at(2026, 5, 1)) == [news, new, second, first, newest]


def test_robots_txt_names_the_sitemaps() -> None:
    robots = (
        b"User-agent: *\nDisallow: /wp-admin/\nSitemap: https://news.example/sitemap_index.xml\nsitemap:/news-sitemap.xml"
        b"\nSitemap: https://other.example/sitemap.xml\nSitemap: http://[\nSitemap: \xff\n"
    )
    found = sitemap_files(f"{HOME}/blog/", "news.example/blog", robots, f"{HOME}/robots.txt")
    assert [(file.url, file.contents) for file in found] == [
        (f"{HOME}/sitemap_index.xml", Contents.MAYBE),
        (f"{HOME}/news-sitemap.xml", Contents.NEWS),
    ]


def test_without_a_word_of_them_the_usual_places_are_tried() -> None:
    assert [file.url for file in sitemap_files(f"{HOME}/blog/", "news.example/blog")] == [
        f"{HOME}/blog/wp-sitemap.xml",
        f"{HOME}/blog/sitemap_index.xml",
        f"{HOME}/blog/sitemap.xml",
        f"{HOME}/blog/?sitemap=index",
    ]


def test_packed_files() -> None:
    body = urlset(*(url(f"/post-{number}/") for number in range(3000)))
    once = gzip.compress(body)
    assert len(read(once).candidates) == len(read(gzip.compress(once)).candidates) == 3000
    assert 0 < len(read(once[: len(once) // 2]).candidates) < 3000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<!doctype html><p>Not found</p>", "not-xml"),
        (gzip.compress(b" " * 60_000_000, mtime=0), "too-large"),
        (b"\x1f\x8b\x08broken", "bad-gzip"),
    ],
    ids=["nothing", "page", "bomb", "gzip"],
)
def test_what_is_no_sitemap_is_refused_by_name(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableXml, match=f"^{reason}$"):
        read(body)


def test_bare_ampersands_and_broken_parts_cost_nothing_else() -> None:
    body = urlset(url("/?p=1&lang=de"), "<url><loc>x</lo>", url("/b/"), "<<&", url("/c/"))
    assert {f"{HOME}/?lang=de&p=1", f"{HOME}/c/"} <= {candidate.url for candidate in read(body).candidates}


def files(*names: str) -> list[SitemapFile]:
    return [SitemapFile(f"{HOME}/{name}.xml", contents_of(f"{HOME}/{name}.xml")) for name in names]


@pytest.mark.parametrize(
    ("types", "chosen"),
    [
        (["product"], {"product-sitemap": Contents.POSTS, "sitemap-1": Contents.MAYBE}),
        (["post", "event"], {"post-sitemap": Contents.POSTS, "wp-sitemap-posts-event-1": Contents.POSTS,
                             "sitemap-1": Contents.MAYBE}),
    ],
)  # fmt: skip
def test_the_files_of_some_types(types: list[str], chosen: dict[str, Contents]) -> None:
    all_files = files("post-sitemap", "product-sitemap", "wp-sitemap-posts-event-1", "sitemap-1")
    wanted = files_to_fetch(of_types(all_files, types))
    assert {file.url: file.contents for file in wanted} == {f"{HOME}/{name}.xml": c for name, c in chosen.items()}
    assert of_types(all_files, None) == all_files
