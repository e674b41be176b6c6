"""A WordPress whose pages are empty until scripts run, crawled whole: with a browser, without one, and not at all."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.storage.connect import connect
from tests.archive.test_records import check, heads
from tests.browser.front import SHELL, Front, serve_front
from tests.chromium import needs_chromium, processes_of
from tests.hostile.server import Page, serve_pages
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Document, Scrapy

PATIENT = ("-s", "BROWSER_SECONDS=60", "-s", "BROWSER_QUIET_SECONDS=0.3")
"""For a busy machine."""

NO_BROWSER = {"PATH": "/nowhere", "PLAYWRIGHT_BROWSERS_PATH": "/nowhere"}
_HINT = "empty until scripts run, not read: there is no browser: apt-get install chromium"


@pytest.fixture
def front() -> Front:
    """Eight posts, of which the home page shows five until it is clicked."""
    return Front(posts=8)


@needs_chromium
def test_a_front_in_javascript_is_crawled_whole(scrapy: Scrapy, front: Front, tmp_path: Path) -> None:
    with serve_front(front):
        outcome = scrapy.crawl("wordpress", *PATIENT, "-s", f"WARC_DIR={tmp_path}", site=front.url)
        assert outcome.status == 0, outcome.err
        articles = {article["title"]: article for article in scrapy.find()}
        assert sorted(articles) == sorted(f"Ferry number {number}" for number in range(1, 9))
        _is_read_whole(articles["Ferry number 7"])
        asked = Counter(path.partition("?")[0] for path in front.asked)
        assert asked["/wp-content/themes/front/app.js"] == 1  # every page has it
        assert not [path for path in front.asked if path.endswith((".css", ".jpg", ".ico", ".png"))]
        posts = {path: count for path, count in asked.items() if path.startswith("/2025/")}
        assert posts == {f"/2025/ferry-{number}/": 1 for number in range(1, 9)}
        assert scrapy.last_run()["sites"][0]["complete"] is True
        need = scrapy.find("sites")[0]["browser"]
        assert need["why"] == "asks"
        assert timedelta(days=6) < need["expires_at"] - need["found_at"] < timedelta(days=9)
        assert not processes_of(scrapy.database_name)
        _is_archived_as_the_server_sent_it(tmp_path, front)
        _is_read_again_as_scripts_made_it(scrapy, tmp_path)
        _is_cheap_and_straight_again(scrapy, front)


def _is_read_whole(article: dict[str, object]) -> None:
    text = str(article["text"])
    assert text.startswith("The ferry left the pier")
    assert text.endswith("the ferry of line 7.")
    assert article["authors"] == ["Jane Doe"]
    assert str(article["published_at"]).startswith("2025-11-08 06:00:00")
    assert [image["alt"] for image in article["images"]] == ["A ferry"]  # type: ignore[attr-defined]  # a list


def _is_archived_as_the_server_sent_it(folder: Path, front: Front) -> None:
    """One record for each request, the shells, scripts and answers, and besides what scripts have made of pages."""
    (path,) = folder.iterdir()
    assert check(path) == 0
    told = [head["WARC-Target-URI"] for head in heads(path) if head["WARC-Type"] in ("response", "revisit")]
    posted = [target for target in front.asked if target.endswith("&offset=5")]  # POST is not archived
    asked = [target for target in front.asked if target not in posted]
    assert "/api/front/list?of=all&offset=5" in posted
    assert Counter(told) == Counter(front.url + target.lstrip("/") for target in asked)
    records = {head["WARC-Record-ID"]: head.get("WARC-Target-URI") for head in heads(path)}
    made = [head for head in heads(path) if head["WARC-Type"] == "conversion"]
    assert {head["WARC-Target-URI"] for head in made} > {f"{front.url}2025/ferry-{number}/" for number in range(1, 9)}
    assert all(records[head["WARC-Refers-To"]] == head["WARC-Target-URI"] for head in made)


def _is_read_again_as_scripts_made_it(scrapy: Scrapy, folder: Path) -> None:
    before = scrapy.find()
    outcome = scrapy.run("reread", "--warc", str(folder))
    assert outcome.status == 0, outcome.err
    assert "  the same             8\n" in outcome.out, outcome.out
    assert scrapy.find() == before
    told = ("title", "text", "authors", "published_at", "content_hash")
    again = {article["url"]: article for article in _reread_alone(scrapy, folder)}
    assert again.keys() == {article["url"] for article in before}
    for article in before:
        assert [again[article["url"]].get(name) for name in told] == [article.get(name) for name in told]
        assert again[article["url"]]["source"]["browser"] is True


def _reread_alone(scrapy: Scrapy, folder: Path) -> list[Document]:
    """The articles where nothing is known but the archive."""
    alone = replace(scrapy, database_name=f"{scrapy.database_name}_alone")
    try:
        assert alone.run("reread", "--warc", str(folder)).status == 0
        return alone.find()
    finally:
        with connect(scrapy.uri) as client:
            client.drop_database(alone.database_name)


def _is_cheap_and_straight_again(scrapy: Scrapy, front: Front) -> None:
    """The next crawl knows that the site needs a browser: a new post is found, nothing stored is fetched."""
    front.asked.clear()
    front.posts = 9
    outcome = scrapy.crawl("wordpress", *PATIENT, site=front.url)
    assert outcome.status == 0, outcome.err
    assert [path for path in front.asked if path.startswith("/2025/")] == ["/2025/ferry-9/"]
    assert scrapy.last_run()["counts"]["articles"] | {"unchanged": 0} == {
        "found": 1, "added": 1, "changed": 0, "unchanged": 0, "gone": 0, "returned": 0,
    }  # fmt: skip


@needs_chromium
def test_a_category_is_clicked_to_its_end_by_the_category_spider(scrapy: Scrapy) -> None:
    with serve_front(Front(posts=24)) as front:
        outcome = scrapy.crawl("category", *PATIENT, url=f"{front.url}category/town/", limit="2")
    assert outcome.status == 0, outcome.err
    assert {int(article["title"].rpartition(" ")[2]) % 2 for article in scrapy.find()} == {1}
    clicks = [path for path in front.asked if path.startswith("/api/front/list?of=town")]
    assert clicks == [f"/api/front/list?of=town&offset={offset}" for offset in (0, 5, 10)]


@needs_chromium
def test_every_page_is_opened_where_the_user_says_so(scrapy: Scrapy) -> None:
    """A theme that shows a headline and fetches the text is not told from a short post."""
    head = '<html><head><meta name="generator" content="WordPress 7.1"></head>'
    listed = '<article class="hentry post-1 post"><h2 class="entry-title"><a href="/a/">A</a></h2></article>'
    post = (
        '<body class="single single-post postid-1"><article class="hentry"><h1 class="entry-title">A</h1>'
        '<div class="entry-content"></div></article><script>document.querySelector(".entry-content").innerHTML ='
        ' "<p>The ferry left the pier at six, an hour before the fog came down.</p>";</script></body></html>'
    )
    pages = {"/": Page(f'{head}<body class="home blog">{listed}'.encode()), "/a/": Page(f"{head}{post}".encode())}
    with serve_pages(pages) as site:
        outcome = scrapy.crawl("wordpress", *PATIENT, site=site, browser="1")
    assert outcome.status == 0, outcome.err
    (article,) = scrapy.find()
    assert article["text"] == "The ferry left the pier at six, an hour before the fog came down."
    assert article["source"]["browser"] is True


def test_without_a_browser_such_pages_are_counted_and_nothing_else_suffers(scrapy: Scrapy, front: Front) -> None:
    site = RestSite({"post": {1: 1, 2: 2}}, {"post": "posts"})
    with serve(site), serve_front(front):
        arguments = ["-a", f"site={site.origin},{front.url}"]
        outcome = scrapy.run("crawl", "wordpress", *arguments, **NO_BROWSER)
        assert outcome.status == 3, outcome.err
        assert f"1 page is {_HINT}" in outcome.out
        assert {article["title"] for article in scrapy.find()} == {"post 1", "post 2"}
        run = scrapy.last_run()
        assert run["counts"]["errors"] == {"needs_browser": 1}
        told = {one["site"]: one for one in run["sites"]}
        assert told[front.url.split("/")[2]]["why"] == ["1 pages were not read: needs_browser"]
        assert told[site.origin.split("/")[2]]["complete"] is True
        assert not [path for path in front.asked if path.startswith("/api/")]


def test_a_link_that_may_be_anything_is_no_error_without_a_browser(scrapy: Scrapy) -> None:
    site = RestSite({"post": {1: 1}}, None)
    head = b'<html><head><meta name="generator" content="WordPress 7.1"></head>'
    home = head + b'<body class="home blog"><article class="hentry post-1 post"><h2 class="entry-title">'
    site.pages["/"] = Page(
        home + b'<a href="/post-1/">post 1</a></h2></article><p><a href="/app/">An app</a></p></body>'
    )
    site.pages["/app/"] = Page(SHELL)
    with serve(site):
        outcome = scrapy.run("crawl", "wordpress", "-a", f"site={site.origin}", **NO_BROWSER)
    assert outcome.status == 0, outcome.err
    assert scrapy.last_run()["counts"]["skipped"] == {"needs_browser": 1}
    assert f"1 page is {_HINT}" in outcome.out


def test_a_browser_that_is_forbidden_is_not_started(scrapy: Scrapy, front: Front) -> None:
    with serve_front(front):
        outcome = scrapy.crawl("wordpress", site=front.url, browser="0")
    assert outcome.status == 3, outcome.err
    assert "1 page is empty until scripts run, not read: -a browser=0 forbids one" in outcome.out
    assert not [path for path in front.asked if path.startswith("/api/")]


def test_a_site_with_a_rest_api_needs_no_browser_whatever_its_pages_are(scrapy: Scrapy) -> None:
    site = RestSite({"post": {1: 1, 2: 2, 3: 3}}, {"post": "posts"})
    site.pages["/"] = Page(SHELL)
    with serve(site):
        outcome = scrapy.run("crawl", "wordpress", "-a", f"site={site.origin}", **NO_BROWSER)
    assert outcome.status == 0, outcome.err
    assert len(scrapy.find()) == 3
    assert "browser" not in scrapy.find("sites")[0]
    assert "empty until scripts" not in outcome.out


def test_a_browser_that_does_not_start_is_none(scrapy: Scrapy, front: Front, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    with serve_front(front):
        outcome = scrapy.crawl("wordpress", "-s", f"BROWSER_EXECUTABLE={broken}", site=front.url)
    assert outcome.status == 3, outcome.err
    assert "not read: the browser does not start" in outcome.out
    assert scrapy.last_run()["counts"]["errors"] == {"needs_browser": 1}
