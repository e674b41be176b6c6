"""Where a site can be subscribed to: the hubs and the topic that its feed or page names, and rssCloud's ``<cloud>``."""

import re
from dataclasses import dataclass

from crawler.push.rsscloud import cloud_of
from crawler.reading.head import HeadLink, header_links, links_of
from crawler.reading.page import UnreadablePage, parse_page
from crawler.routes.feedxml import FeedXml, feed_xml
from crawler.routes.xmlfile import UnreadableXml
from crawler.site_record import PushOffer
from crawler.urls import absolute_url, is_web_url

_MOST_HUBS = 5

_NAMES_SOMEBODY = re.compile(rb"""\brel\s*=\s*["']?[^"'<>]*\bhub\b|<cloud\b""", re.IGNORECASE)
"""Most feeds name nobody, and are not read a second time for it."""


@dataclass(frozen=True, slots=True)
class Hubs:
    """Hubs in the order in which they are named, and the topic to subscribe to at them."""

    hubs: tuple[str, ...]
    topic: str


def discover_hubs(url: str, link_header: str, body: bytes, content_type: str | None = None) -> Hubs | None:
    """What the answer from ``url`` names, or None if it names no hub (WebSub 4).

    Link headers first, then the feed or the page itself. Without a ``self`` link, the topic is ``url``.
    """
    found = [*_of_headers(link_header, url), *_of_body(url, body, content_type)]
    hubs = tuple(dict.fromkeys(link for rel, link in found if rel == "hub"))
    topic = next((link for rel, link in found if rel == "self"), url)
    return Hubs(hubs[:_MOST_HUBS], topic) if hubs else None


def offer_of(url: str, link_header: str, body: bytes, content_type: str | None = None) -> PushOffer | None:
    """Who would tell of changes, as the answer from ``url`` names them; None for nobody."""
    if "hub" not in link_header.lower() and not _NAMES_SOMEBODY.search(body):
        return None
    hubs = discover_hubs(url, link_header, body, content_type)
    feed = feed_of(body, content_type)
    cloud = cloud_of(feed) if feed else None
    if not hubs and not cloud:
        return None
    offer = PushOffer(hubs=list(hubs.hubs), topic=hubs.topic) if hubs else PushOffer()
    if feed and cloud:
        offer.cloud, offer.protocol = cloud.url, cloud.protocol
        offer.feed = next((link for rel, link in _of_feed(feed, url) if rel == "self"), url)
    return offer


def feed_of(body: bytes, content_type: str | None = None) -> FeedXml | None:
    """The feed in a body, if it is one."""
    try:
        return feed_xml(body, content_type)
    except UnreadableXml:
        return None


def _of_headers(header: str, url: str) -> list[tuple[str, str]]:
    return _relations(header_links(header, url))


def _of_body(url: str, body: bytes, content_type: str | None) -> list[tuple[str, str]]:
    feed = feed_of(body, content_type)
    if feed is not None:
        return _of_feed(feed, url)
    try:
        page = parse_page(body, url, {"content-type": content_type} if content_type else {})
    except UnreadablePage:
        return []
    return _relations([*links_of(page, "hub"), *links_of(page, "self")])


def _relations(links: list[HeadLink]) -> list[tuple[str, str]]:
    return [(rel, link.href) for link in links for rel in ("hub", "self") if rel in link.rel]


def _of_feed(feed: FeedXml, url: str) -> list[tuple[str, str]]:
    """``<atom:link>`` of an RSS feed, ``<link>`` of an Atom feed; RSS's own ``<link>`` has no ``rel``."""
    return [
        (rel, href)
        for element in feed.head.get("link", ())
        for rel in (element.get("rel") or "").lower().split()
        if rel in ("hub", "self") and (href := _href(url, element.get("href")))
    ]


def _href(url: str, said: str | None) -> str | None:
    """An absolute URL is kept to the letter: hubs compare topics as texts."""
    verbatim = (said or "").strip()
    return verbatim if is_web_url(verbatim) else absolute_url(url, verbatim)
