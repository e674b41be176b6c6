"""Which pages are empty until scripts run: shells, whatever made them, and none that can be read."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from crawler.reading import parse_page
from crawler.routes.scripted import needs_scripts
from demo.content import demo_site
from demo.server import serve
from demo.themes import THEMES
from tests.browser.front import SHELL

_APP = '<script src="/app.js"></script>'
_MENU = f"<nav>{'<a href=/x/>A section</a> ' * 40}</nav>"
_FOOTER = f"<footer>{'<p>All rights are reserved by the owners of this paper.</p>' * 10}</footer>"
_CARD = '<div class="post hentry post-1"><a rel="bookmark" href="/b/">B</a></div>'
_ANALYTICS = "<script>window.dataLayer = [];</script>"


def judged(body: str, head: str = "") -> str | None:
    """The verdict on a page."""
    page = parse_page(f"<html><head><title>T</title>{head}</head><body>{body}</body></html>", "https://news.example/a/")
    return needs_scripts(page, "news.example")


def test_the_shell_of_the_front_of_these_tests_says_so_itself() -> None:
    assert needs_scripts(parse_page(SHELL, "https://news.example/"), "news.example") == "asks"


@pytest.mark.parametrize(
    "body",
    [
        f'<div id="root"></div>{_APP}',
        f"<app-root></app-root>{_APP}",
        f'<div id="__next"><div class="spinner">Loading…</div></div>{_APP}',
        '<div id="app"></div><script type="module">import "/main.js"</script>',
        f"<header><h1>The Gazette</h1>{_MENU}</header><main></main>{_APP}{_FOOTER}",
        f'<div role="banner"><h2>The Gazette</h2></div><div id="root"></div>{_APP}',
        f"<svg><title>{'logo ' * 100}</title></svg><select>{'<option>Country</option>' * 50}</select>{_APP}",
    ],
)
def test_shells(body: str) -> None:
    assert judged(body) == "empty"


@pytest.mark.parametrize(
    "words", ["You need to enable JavaScript.", "Bitte JavaScript einschalten", "请启用JavaScript"]
)
def test_those_that_say_it(words: str) -> None:
    assert judged(f'<noscript>{words}</noscript><div id="root"></div>{_APP}') == "asks"


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div>',  # nothing runs
        '<div id="root"></div><script type="application/ld+json">{"a": 1}</script>',
        f"<main><h1>A short one</h1><p>Just this.</p></main>{_ANALYTICS}",
        f'<article><header><h1 class="entry-title">A picture</h1></header><img src="/a.jpg"></article>{_ANALYTICS}',
        f"<nav><h3>Menu</h3><main><h1>In a menu that is never closed</h1></main>{_ANALYTICS}",
        f"<div>{'A text without any markup goes on and on. ' * 10}</div>{_ANALYTICS}",
        f'<video src="/a.mp4"></video>{_ANALYTICS}',
        f'<div class="wp-die-message"><p>There has been a critical error on this website.</p></div>{_ANALYTICS}',
        f"{_CARD}{_CARD.replace('post-1', 'post-2').replace('/b/', '/c/')}{_ANALYTICS}",
    ],
)
def test_pages_that_can_be_read_or_not_in_a_browser_either(body: str) -> None:
    assert judged(body) is None


def test_a_wall_is_not_opened_in_a_browser() -> None:
    assert (
        judged('<div id="challenge"></div><script>window._cf_chl_opt = {}</script>', "<title>Just a moment...</title>")
        is None
    )


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_no_page_of_the_demo_needs_one(theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        paths = ["/", "/category/town/", "/about/", *(post.path for post in site.public_posts)]
        for path in paths:
            try:
                with urlopen(served.origin + path, timeout=30) as answer:  # noqa: S310 - the demo on this machine
                    html = answer.read().decode().replace("</body>", f"{_ANALYTICS}</body>")
            except HTTPError:
                continue
            page = parse_page(html, served.origin + path)
            assert needs_scripts(page, served.origin.partition("://")[2]) is None, path
