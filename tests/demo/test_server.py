"""The demo site over HTTP: it behaves as WordPress does, whatever the theme."""

import subprocess
import sys
from collections.abc import Iterator
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from lxml.html import document_fromstring

from demo.content import demo_site
from demo.server import Served, serve
from tests.demo.asking import body_classes, hrefs, location, request, status, tree

STICKY = "/2024/11/20/council-meets-in-the-dark/"
LONG = "/2024/04/21/a-long-walk-around-the-town-wall/"


@pytest.fixture
def served() -> Iterator[Served]:
    with serve(demo_site()) as running:
        yield running


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/about", "/about/"),
        (STICKY.rstrip("/"), STICKY),
        ("/?p=112", STICKY),
        ("/council-meets-in-the-dark/", STICKY),
        ("/council-meets-in/", STICKY),
        ("/2024/01/01/council-meets-in-the-dark/", STICKY),
        (f"{STICKY}2/", STICKY),
        (f"{LONG}9/", LONG),
        ("/mill-lane-owl/", "/2025/05/06/the-owl-of-mill-lane/"),
        ("/2025/05/06/mill-lane-owl/?utm_source=x", "/2025/05/06/the-owl-of-mill-lane/?utm_source=x"),
        ("/?cat=4", "/category/town/council/budget/"),
        ("/?author=2", "/author/marta-quill/"),
        ("/?m=202405", "/2024/05/"),
        ("/?paged=2", "/page/2/"),
        ("/page/1/", "/"),
        ("/category/town/page/1/", "/category/town/"),
        ("/category/town", "/category/town/"),
        ("/wp-admin/", "/wp-login.php?redirect_to=%2Fwp-admin%2F"),
    ],
)
def test_redirects_to_the_canonical_address(served: Served, asked: str, answered: str) -> None:
    assert location(served, asked) == answered


@pytest.mark.parametrize(
    "path",
    [
        STICKY.upper(),
        f"{STICKY}?replytocom=11201",
        f"{STICKY}?unknown=1",
        f"{STICKY}comment-page-1/",
        f"{STICKY}embed/",
        f"{LONG}3/",
        "/category/budget/",
        "/category/town/council/budget/",
        "/tag/q-and-a/",
        "/author/admin/",
        "/2024/",
        "/2024/11/20/",
        "/?s=ferry",
        "/wp-login.php",
        "/wp-content/uploads/2024/03/bridge.png",
        "/2024/03/18/old-mill-wheel-turns-again/mill-wheel/",
    ],
)
def test_what_answers_at_once(served: Served, path: str) -> None:
    assert status(served, path) == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing-here/",
        "/?p=190",
        "/draft-on-the-water-rates/",
        "/2025/06/03/notes-for-the-staff/",
        "/2026/01/01/the-new-year-in-ferrow/",
        "/category/nothing/",
        "/tag/nothing/",
        "/page/99/",
        "/wp-sitemap.xml",
    ],
)
def test_what_is_not_public_is_not_found(served: Served, path: str) -> None:
    response, body = request(served, path)
    assert response.status == 404
    assert "error404" in body


def test_a_post_carries_the_signs_of_wordpress(served: Served) -> None:
    response, body = request(served, STICKY)
    page = document_fromstring(body)
    assert response.headers["Link"] == f'<{served.origin}/wp-json/>; rel="https://api.w.org/"'
    assert "postid-112" in body_classes(page)
    assert "type-post" in (page.cssselect("article#post-112")[0].get("class") or "").split()
    assert hrefs(page, "link[rel=shortlink]") == [f"{served.origin}/?p=112"]
    assert hrefs(page, "link[rel=canonical]") == [served.origin + STICKY]
    published, updated = (time.get("datetime") for time in page.cssselect(".posted-on time"))
    assert (published, updated) == ("2024-11-20T23:10:00-05:00", "2024-11-21T07:55:00-05:00")


def test_a_long_thread_is_paged_like_an_archive(served: Served) -> None:
    page = tree(served, STICKY)
    assert hrefs(page, ".comment-navigation .nav-previous a") == [f"{served.origin}{STICKY}comment-page-1/#comments"]
    first = tree(served, f"{STICKY}comment-page-1/")
    assert len(first.cssselect("li.comment")) == 5
    assert hrefs(first, "link[rel=canonical]") == [f"{served.origin}{STICKY}comment-page-1/"]


def test_a_password_keeps_the_text(served: Served) -> None:
    _, body = request(served, "/2024/05/13/letters-for-the-night-mayor/")
    assert "post-password-form" in body
    assert "owl" not in document_fromstring(body).cssselect("article")[0].text_content()


def test_pages_of_a_post(served: Served) -> None:
    pages = [tree(served, path) for path in (LONG, f"{LONG}2/", f"{LONG}3/")]
    assert hrefs(pages[0], ".page-links a") == [f"{served.origin}{LONG}2/", f"{served.origin}{LONG}3/"]
    texts = [page.cssselect(".entry-content")[0].text_content() for page in pages]
    assert ["snails" in texts[0], "beans" in texts[1], "cheese at sunset" in texts[2]] == [True, True, True]


def test_rest_is_shut_feeds_are_open(served: Served) -> None:
    response, body = request(served, "/wp-json/wp/v2/posts")
    assert (response.status, "rest_not_logged_in" in body) == (401, True)
    assert status(served, "/?rest_route=/wp/v2/posts") == 401
    channel = ET.fromstring(request(served, "/feed/")[1])  # noqa: S314 - our own feed
    assert next(channel.iter("item")).findtext("title") == "Three loaves and a treaty"
    assert len(list(channel.iter("item"))) == 10
    assert [status(served, f"/feed/?paged={number}") for number in (5, 6)] == [200, 404]
    assert "text/plain" in request(served, "/robots.txt")[0].headers["Content-Type"]


def test_requests_are_logged(served: Served) -> None:
    request(served, "/?s=ferry")
    response, body = request(served, "/", "HEAD")
    assert (int(response.headers["Content-Length"]) > 0, body) == (True, "")
    assert served.requests == [("GET", "/?s=ferry"), ("HEAD", "/")]


def test_the_command_prints_its_url_and_serves_until_it_is_stopped() -> None:
    command = [sys.executable, "-m", "demo", "--port", "0", "--theme", "block", "--path", "/blog"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        with urlopen(url, timeout=5) as response:  # noqa: S310 - the demo on loopback
            page = document_fromstring(response.read())
            assert hrefs(page, ".wp-block-post h2 a")[2] == f"{url}2025/12/03/three-loaves-and-a-treaty/"
        process.terminate()
        assert process.wait(5) == 0
