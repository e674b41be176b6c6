"""What bad input gets: every fault counted by its reason, the rest of the crawl goes on, nothing invented."""

import gzip
import time
from collections.abc import Mapping

import pytest

from tests.hostile.server import Page, serve_pages
from tests.spiders.running import Scrapy

GENERATOR = '<meta name="generator" content="WordPress 7.1">'


def post_html(wp_id: int, title: str, body: str, head: str = "", date: str = "2025-02-03T10:00:00+00:00") -> str:
    """A post as a plain theme prints it."""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title} – Faults</title>{GENERATOR}{head}</head>"
        f'<body class="single single-post postid-{wp_id}">'
        f'<article id="post-{wp_id}" class="post-{wp_id} post type-post">'
        f'<h1 class="entry-title">{title}</h1><time class="entry-date published" datetime="{date}">then</time>'
        f'<div class="entry-content">{body}</div></article></body></html>'
    )


def post(wp_id: int, title: str = "A title", body: str = "<p>Some words of a text.</p>", **more: str) -> Page:
    return Page(body=post_html(wp_id, title, body, **more).encode("utf-8", "surrogatepass"))


def home(*paths: str) -> Page:
    listed = "".join(
        f'<article class="post-{n} post type-post"><h2 class="entry-title"><a href="{path}">Post {n}</a></h2></article>'
        for n, path in enumerate(paths, 900)
    )
    return Page(
        body=f'<html><head>{GENERATOR}</head><body class="home blog"><main>{listed}</main></body></html>'.encode()
    )


def site(pages: Mapping[str, Page]) -> dict[str, Page]:
    """A site whose home lists the pages, and a good post."""
    listed = {"/good/": post(1, "The good one"), **pages}
    return {"/": home(*listed), **listed}


CUT = gzip.compress(post_html(2, "Cut", "<p>" + "words and more words " * 5000 + "</p>").encode(), mtime=0)
HTML = {"Content-Type": "text/html; charset=utf-8"}

FAULTS: dict[str, tuple[Page, str, str]] = {
    "forbidden": (Page(status=403, body=b"no"), "errors", "http_403"),
    "not found": (Page(status=404, body=b"no"), "skipped", "http_404"),
    "server error": (Page(status=500, body=b"no"), "errors", "http_500"),
    "empty": (Page(body=b""), "skipped", "empty"),
    "redirect loop": (Page(status=302, headers={"Location": "/fault/"}), "errors", "redirect_loop"),
    "redirect to another site": (
        Page(status=302, headers={"Location": "http://localhost:9/"}), "skipped", "offsite_redirect"
    ),
    "redirect to a file": (Page(status=302, headers={"Location": "file:///etc/passwd"}), "errors", "http_302"),
    "truncated gzip": (
        Page(body=CUT[: len(CUT) // 2], headers=HTML | {"Content-Encoding": "gzip"}), "errors", "truncated"
    ),
    "cut short": (Page(body=b"<html>", headers=HTML | {"Content-Length": "100000"}), "errors", "truncated"),
    "not html": (
        Page(body=b"%PDF-1.7 " + bytes(range(256)), headers={"Content-Type": "application/pdf"}), "skipped", "not-html"
    ),
    "silent": (Page(silent=True), "errors", "timeout"),
    "endless": (Page(body=b"<p>more</p>" * 10_000, endless=True), "errors", "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_at_fault_is_counted_and_the_rest_is_stored(scrapy: Scrapy, fault: str) -> None:
    page, group, reason = FAULTS[fault]
    limits = ("-s", "DOWNLOAD_TIMEOUT=2", "-s", "DOWNLOAD_MAXSIZE=3000000", "-s", "RETRY_TIMES=0")
    started = time.monotonic()
    with serve_pages(site({"/fault/": page})) as url:
        outcome = scrapy.crawl("wordpress", *limits, site=url)
    assert [article["title"] for article in scrapy.find()] == ["The good one"]
    counts = scrapy.last_run()["counts"]
    assert counts[group].get(reason) == 1, counts
    assert outcome.status == (3 if group == "errors" else 0)
    assert "Traceback" not in outcome.err
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("date", ["", "2025-13-45T99:99:99", "0000-00-00 00:00:00", "soon", "99999-01-01T00:00:00Z"])
def test_an_impossible_date_is_no_date(scrapy: Scrapy, date: str) -> None:
    with serve_pages(site({"/odd/": post(2, "Odd", date=date)})) as url:
        assert scrapy.crawl("wordpress", site=url).status == 0
    (article,) = scrapy.find(query={"title": "Odd"})
    assert "published_at" not in article


def test_odd_content_is_stored_or_refused_with_a_reason(scrapy: Scrapy) -> None:
    pages = {
        "/nul/": post(2, "N\0ul \udc80 and $set.a", "<p>a\0b $where {.c} \ud800</p>"),
        "/big/": post(3, "Big", "<p>" + "five megabytes of words " * 220_000 + "</p>"),
        "/huge/": post(4, "Huge", "<p>" + "twelve megabytes of words " * 500_000 + "</p>"),
        "/deep/": post(5, "Deep", "<div>" * 100_000 + "<p>down here</p>"),
    }
    with serve_pages(site(pages)) as url:
        outcome = scrapy.crawl("wordpress", site=url)
    articles = {article["wp_id"]: article for article in scrapy.find()}
    assert {1, 2, 3} <= articles.keys()
    assert articles[2]["title"].startswith("Nul")
    assert "$where {.c}" in articles[2]["text"]
    assert len(articles[3]["text"]) > 5_000_000
    assert 4 not in articles
    assert scrapy.last_run()["counts"]["errors"] == {"too_large": 1}
    assert outcome.status == 3


def test_a_wrong_charset_and_no_charset(scrapy: Scrapy) -> None:
    latin = post_html(2, "Caf\xe9", "<p>D\xe9j\xe0 vu.</p>").replace("–", "-").encode("latin-1")
    russian = post_html(3, "Новости", "<p>Привет, мир.</p>", head='<meta charset="windows-1251">').encode("cp1251")
    pages = {
        "/latin/": Page(body=latin, headers={"Content-Type": "text/html; charset=iso-8859-1"}),
        "/russian/": Page(body=russian, headers={"Content-Type": "text/html"}),
    }
    with serve_pages(site(pages)) as url:
        scrapy.crawl("wordpress", site=url)
    titles = {article["wp_id"]: article["title"] for article in scrapy.find()}
    assert titles == {1: "The good one", 2: "Café", 3: "Новости"}


def test_a_password_protected_post_has_no_text(scrapy: Scrapy) -> None:
    form = '<form class="post-password-form"><p>This content is protected.</p><input name="post_password"></form>'
    with serve_pages(site({"/secret/": post(2, "Protected: The secret", form)})) as url:
        scrapy.crawl("wordpress", site=url)
    (article,) = scrapy.find(query={"wp_id": 2})
    assert (article["access"], article["title"]) == ("password", "The secret")
    assert not {"text", "html", "content_hash"} & article.keys()


def test_robots_txt_is_obeyed_by_every_first_request(scrapy: Scrapy) -> None:
    pages = site({f"/private/{n}/": post(n) for n in range(10, 20)})
    pages["/robots.txt"] = Page(body=b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
    with serve_pages(pages) as url:
        scrapy.crawl("wordpress", site=url)
    assert [article["wp_id"] for article in scrapy.find()] == [1]
    assert scrapy.last_run()["counts"]["skipped"]["robots"] == 10


@pytest.mark.parametrize(
    ("start", "status", "said"),
    [
        (Page(body=b"<html><body>Roses</body></html>"), 5, "is not a WordPress site: looked for"),
        (Page(body=b"\x89PNG", headers={"Content-Type": "image/png"}), 5, "is not a WordPress site"),
        (Page(status=403, body=b"no"), 4, "cannot be crawled: it refuses crawlers (http_403): do not"),
        (Page(status=404, body=b"no"), 4, "http_404"),
        (Page(status=500, body=b"no"), 4, "cannot be crawled: it answers with an error (http_500): the"),
        (Page(status=301, headers={"Location": "/"}), 4, "redirect_loop"),
        (Page(silent=True), 4, "cannot be crawled: it did not answer in time (timeout): try"),
        (home(), 6, ""),
    ],
    ids=["no wordpress", "image", "403", "404", "500", "loop", "silent", "no posts"],
)
def test_a_start_page_at_fault(scrapy: Scrapy, start: Page, status: int, said: str) -> None:
    with serve_pages({"/": start}) as url:
        outcome = scrapy.crawl("wordpress", "-s", "DOWNLOAD_TIMEOUT=2", "-s", "RETRY_TIMES=0", site=url)
    assert outcome.status == status
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    assert scrapy.find() == []
    assert scrapy.last_run()["exit_status"] == status


def test_robots_txt_in_trouble_forbids_all(scrapy: Scrapy) -> None:
    with serve_pages(site({}) | {"/robots.txt": Page(status=503)}) as url:
        outcome = scrapy.crawl("wordpress", "-s", "RETRY_TIMES=0", site=url)
    assert outcome.status == 4
    assert scrapy.find() == []


def test_a_wall_after_the_first_page_is_an_error(scrapy: Scrapy) -> None:
    wall = Page(body=b"<html><head><title>Just a moment...</title></head><body>cf_chl_opt</body></html>")
    with serve_pages(site({"/walled/": wall})) as url:
        outcome = scrapy.crawl("wordpress", site=url)
    assert outcome.status == 3
    assert scrapy.last_run()["counts"]["errors"] == {"challenge": 1}


def test_links_with_unknown_queries_are_not_followed(scrapy: Scrapy) -> None:
    endless = "".join(f'<a href="/good/?sid={n}">again</a>' for n in range(50))
    with serve_pages(site({"/endless/": post(2, "Endless", f"<p>Some words.</p>{endless}")})) as url:
        assert scrapy.crawl("wordpress", site=url, routes="archive,navigation").status == 0
    assert scrapy.last_run()["counts"]["requests"] == 4


def test_a_dead_former_address_does_not_make_a_post_gone(scrapy: Scrapy) -> None:
    moved = Page(status=301, headers={"Location": "/new/"})
    first = {"/new/": post(2, "Moved", '<p>As said in <a href="/old/">the old place</a>.</p>')}
    pages = site(first) | {"/old/": moved, "/": home("/old/", "/good/")}
    with serve_pages(pages) as url:
        scrapy.crawl("wordpress", site=url)
        del pages["/old/"]
        pages["/"] = home("/new/", "/good/", "/old/")
        for _ in range(3):
            assert scrapy.crawl("wordpress", site=url).status == 0
    (article,) = scrapy.find(query={"wp_id": 2})
    assert article["aliases"] == [f"{url}old/"]
    assert not {"gone_at", "missing_since"} & article.keys()
    assert article["revision"] == 0
