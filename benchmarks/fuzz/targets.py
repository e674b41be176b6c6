"""What is fuzzed, and what must hold of each answer. Anything but the exceptions that are documented is a fault."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import bson
from lxml.html import HtmlElement, fromstring

from benchmarks.fuzz import seeds
from crawler.documents import to_document
from crawler.items import Article
from crawler.reading import NotAPost, UnreadablePage, other_pages, page_kind, parse_page, read_post
from crawler.reading.ages import counted_back
from crawler.reading.datetext import parse_machine_date, parse_shown_date
from crawler.redaction import redact
from crawler.routes.archive import archive_links, post_candidates, read_listing
from crawler.routes.feed import parse_feed
from crawler.routes.restanswer import Refused, parse_posts, rest_bases
from crawler.routes.rules import rejection
from crawler.routes.sitemap import SitemapFile, parse_sitemap
from crawler.routes.sitemapnames import Contents
from crawler.routes.wpcom import parse_wpcom
from crawler.routes.xmlfile import UnreadableXml
from crawler.urls import absolute_url, canonical_url, is_on_site, is_web_url, site_id, url_key
from pipelines.normalise import normalise

SITE, HOME = "news.example", "https://news.example/"
URL = f"{HOME}2025/12/03/a-post/"

_NOW = datetime(2025, 12, 31, tzinfo=UTC)

_ACTIVE = frozenset(
    {"script", "style", "link", "meta", "base", "object", "embed", "form", "input", "svg", "math", "template"}
)
"""Elements that do something."""

_AGE = 60
"""Characters of a text that is looked at for an age, as ``showndates`` does."""

_LANGUAGES = (None, "en-US", "de", "ja", "ar", "uk", "th", "zz")


class BrokenRule(Exception):
    """What must hold of an answer does not."""


@dataclass(frozen=True, slots=True)
class Target:
    """``check`` reads an input and asserts what must hold; ``refusals`` are the documented exceptions."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    check: Callable[[bytes], None]
    refusals: tuple[type[Exception], ...] = ()


def _post(data: bytes) -> None:
    _storable(read_post(data, URL))


def _structured(data: bytes) -> None:
    _storable(read_post(seeds.with_graph(seeds.page_seeds()[0], data), URL))


def _list(data: bytes) -> None:
    page = parse_page(data, HOME)
    page_kind(page)
    listed = [one.url for one in read_listing(page, SITE).posts]
    for url in (*listed, *archive_links(page, SITE), *post_candidates(page, SITE), *other_pages(page)):
        _must(is_web_url(url), url)


def _feed(data: bytes) -> None:
    for one in parse_feed(data, f"{HOME}feed/", SITE).candidates:
        _must(is_on_site(one.url, SITE))
        if one.article:
            _storable(one.article)


def _sitemap(data: bytes) -> None:
    sitemap = parse_sitemap(data, SitemapFile(f"{HOME}sitemap.xml", Contents.MAYBE), SITE)
    for url in [*(file.url for file in sitemap.files), *(one.url for one in sitemap.candidates)]:
        _must(is_on_site(url, SITE), url)


def _rest(data: bytes) -> None:
    for answer in (parse_posts(200, {"X-WP-Total": "3"}, data, HOME), parse_wpcom(200, data, HOME)):
        for candidate in answer.candidates:
            if candidate.article:
                _storable(candidate.article)
    with suppress(Refused):
        rest_bases(200, data)


def _date(data: bytes) -> None:
    text, language = data.decode("utf-8", "replace"), _LANGUAGES[len(data) % len(_LANGUAGES)]
    for stamp in (parse_machine_date(text), parse_shown_date(text, language)):
        _must(stamp is None or stamp.utc().year >= 1970)
    moment = counted_back(text[:_AGE], language, _NOW)
    _must(moment is None or moment.tzinfo is not None)


def _url(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    redact(text)
    if absolute := absolute_url(URL, text):
        _must(is_web_url(absolute))
        rejection(absolute, SITE)
        is_on_site(absolute, SITE)
    canonical = canonical_url(text)
    _must(canonical_url(canonical) == canonical)
    _must("@" not in canonical.split("/")[2])
    _must(url_key(canonical) == url_key(text))
    _must(site_id(canonical) == site_id(text))


def _storable(read: Article) -> None:
    """What was read can be stored, asked for and shown: BSON, no active HTML, times with a zone."""
    article = normalise(read, _NOW)
    bson.encode(to_document(article))
    _must(is_web_url(article.url))
    _must(canonical_url(article.url) == article.url)
    for moment in (article.published_at, article.modified_at):
        _must(moment is None or moment.tzinfo is not None)
    pictures, links, embeds = ([one.url for one in part] for part in (article.images, article.links, article.embeds))
    for url in (*pictures, *links, *embeds):
        _must(is_web_url(url), url)
    for element in fromstring(f"<div>{article.html or ''}</div>").iter():
        _inert(element)


def _must(holds: bool, what: object = None) -> None:
    if not holds:
        raise BrokenRule(repr(what))


def _inert(element: HtmlElement) -> None:
    _must(isinstance(element.tag, str), element)
    _must(element.tag not in _ACTIVE, element.tag)
    for name, value in element.items():
        _must(not name.startswith("on"), name)
        _must(name != "style" or "expression" not in value)
        _must(not value.strip().lower().startswith(("javascript:", "vbscript:", "data:")), value)


TARGETS = (
    Target("post", seeds.page_seeds, _post, (NotAPost, UnreadablePage)),
    Target("structured", seeds.graph_seeds, _structured, (NotAPost, UnreadablePage)),
    Target("list", seeds.page_seeds, _list, (UnreadablePage,)),
    Target("rest", seeds.rest_seeds, _rest),
    Target("feed", seeds.feed_seeds, _feed, (UnreadableXml,)),
    Target("sitemap", seeds.sitemap_seeds, _sitemap, (UnreadableXml,)),
    Target("date", seeds.date_seeds, _date),
    Target("url", seeds.url_seeds, _url, (ValueError,)),
)
