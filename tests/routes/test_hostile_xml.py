"""Feeds and sitemaps that nobody would write: a result or a refusal by name, in bounded time."""

import gzip
import tracemalloc
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.routes.feed import parse_feed
from crawler.routes.sitemap import MAX_SITEMAP_BYTES, SitemapFile, parse_sitemap
from crawler.routes.sitemapnames import Contents, contents_of
from crawler.routes.xmlfile import UnreadableXml, xml_source

from .feeds import FEED, SITE, item, rss

MOST_SECONDS = 5  # of CPU; a tenth of it on an idle machine, and what grows by the square would take minutes
REASONS = {"empty", "too-large", "bad-gzip", "not-xml"}


def read_feed(body: bytes) -> None:
    feed = parse_feed(body, FEED, SITE)
    assert all(candidate.url.startswith("http") for candidate in feed.candidates)


def read_sitemap(body: bytes) -> None:
    found = parse_sitemap(body, SitemapFile("https://news.example/s.xml", Contents.MAYBE), SITE)
    assert all(candidate.url.startswith("http") for candidate in found.candidates)


READERS = (read_feed, read_sitemap)

_PIECES = st.sampled_from(
    [
        *(
            "<rss>",
            "<channel>",
            "<item>",
            "</item>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<entry>",
            "</entry>",
        ),
        *("<urlset>", "<url>", "</url>", "<sitemapindex>", "<sitemap>", "</sitemap>", "<loc>", "</loc>", "<lastmod>"),
        *("<link>", "</link>", "<guid>", "</guid>", "https://news.example/a/", "https://news.example/?p=7", "http://["),
        *("<content:encoded><![CDATA[", "<p>A line of the story</p>", "]]>", "</content:encoded>", "<pubDate>"),
        *("Mon, 04 May 2026 08:30:00 +0000", "9999-12-31T23:59:59-14:00", "0000-00-00", "</pubDate>", "</lastmod>"),
        *("&", "&amp;", "&eacute;", "&#0;", "&#xD800;", "&#x110000;", "&undefined;", "\x00", "\ud800", "\ufffe"),
        *("<", ">", "<!--", "-->", "<?x", "<!DOCTYPE rss [", "<title type='html'>", "</title>", "<link href='/b/'/>"),
        *("<news:news>", "<news:publication_date>", "<description>", "<author><name>", "<cloud domain='x'/>"),
    ]
)


def refused_by_name(read: Callable[[bytes], None], body: bytes) -> None:
    try:
        read(body)
    except UnreadableXml as error:
        assert str(error) in REASONS


@settings(deadline=None)
@pytest.mark.parametrize("read", READERS)
@given(body=st.binary(max_size=2000))
def test_any_bytes(read: Callable[[bytes], None], body: bytes) -> None:
    refused_by_name(read, body)


@settings(deadline=None)
@pytest.mark.parametrize("read", READERS)
@given(start=st.sampled_from(["<rss>", "<feed>", "<urlset>", "<sitemapindex>"]), pieces=st.lists(_PIECES, max_size=40))
def test_any_markup(read: Callable[[bytes], None], start: str, pieces: list[str]) -> None:
    refused_by_name(read, (start + "".join(pieces)).encode("utf-8", "surrogatepass"))


@given(st.text(max_size=200))
def test_any_name_of_a_sitemap(name: str) -> None:
    assert contents_of(f"https://news.example/{name}") in Contents


_ROOTS = ("<rss><channel>", "<urlset>")
_BOMB = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))


@pytest.mark.parametrize(
    "source",
    [
        *(root + "<item>" * 100_000 + "<url>" * 100_000 for root in _ROOTS),
        *(root + "<a b='" * 100_000 + "</channel></rss></urlset>" for root in _ROOTS),
        *(root + "<a>" * 200_000 for root in _ROOTS),
        *(root + "<![CDATA[" * 100_000 for root in _ROOTS),
        *(root + "&" * 300_000 for root in _ROOTS),
        *(root + "<" * 300_000 for root in _ROOTS),
        "<rss" * 200_000,
        "<rss><channel><item " + " ".join(f"a{n}='1'" for n in range(50_000)) + ">",
        "<rss><channel><item>" + "<category>x</category>" * 50_000,
        f"<!DOCTYPE rss [<!ENTITY a 'boom'>{_BOMB}]><rss><channel><item><title>&j;</title></item></channel></rss>",
    ],
)
def test_hostile_files_are_read_in_seconds(source: str) -> None:
    for read in READERS:
        before = process_time()
        refused_by_name(read, source.encode())
        assert process_time() - before < MOST_SECONDS


@pytest.mark.parametrize("content", ["<div>" * 100_000, "<a href=/x/>x</a>" * 20_000, "<p>word <b>x</b></p>" * 20_000])
def test_hostile_contents_are_read_in_seconds(content: str) -> None:
    before = process_time()
    read_feed(rss(item(content, "")))
    assert process_time() - before < MOST_SECONDS


def test_many_empty_entries_ask_for_no_extractor() -> None:
    before = process_time()
    read_feed(rss(*(item("<span></span>", "", link=f"https://news.example/{n}/") for n in range(1500))))
    assert process_time() - before < MOST_SECONDS


def test_a_sitemap_of_a_million_entries_is_read_as_far_as_one_may_be_long() -> None:
    entries = b"".join(b"<url><loc>https://news.example/%d/</loc></url>" % number for number in range(1_000_000))
    started = process_time()
    found = parse_sitemap(
        gzip.compress(b"<urlset>" + entries), SitemapFile("https://news.example/s.xml", Contents.POSTS), SITE
    )
    assert len(found.candidates) == 50_000
    assert found.dropped == {"too_many": 50_000}  # and there the reading ends
    assert process_time() - started < 2 * MOST_SECONDS


@pytest.mark.parametrize("reference", [b"&amp;", b"&eacute;", b"& ", b"&#65;"])
def test_millions_of_references_take_no_memory_each(reference: bytes) -> None:
    tracemalloc.start()
    try:
        xml_source(gzip.compress(b"<urlset>" + reference * 3_000_000), ("urlset",), MAX_SITEMAP_BYTES)
        assert tracemalloc.get_traced_memory()[1] < 250_000_000
    finally:
        tracemalloc.stop()


def test_a_feed_of_millions_of_elements_is_no_tree() -> None:
    with pytest.raises(UnreadableXml, match="too-large"):
        parse_feed(b"<rss><channel>" + b"<a/>" * 1_000_000, FEED, SITE)
