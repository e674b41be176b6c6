"""Feeds: the posts that an RSS 2.0, RSS 1.0 or Atom file names.

Of WordPress's feeds RSS 2.0 is taken first: it is the one that pages announce, that caches hold and that carries
``<cloud>``; Atom has ``updated`` besides, which matters only where the content is not given. Both name the post's id
in the guid, and in both the categories and tags of a post are one list (``get_the_category_rss()``): an article from a
feed has neither, its candidate has ``labels``, and ``tell_apart`` sorts them where the site's own terms are known.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from crawler.reading.feed import read_entry
from crawler.reading.language import language_tag
from crawler.routes.candidates import Candidate, Role
from crawler.routes.feedentry import entry_key, entry_link, moment, read_fields
from crawler.routes.feedxml import FeedXml, Fields, feed_xml, first, plain_of
from crawler.routes.sieve import Sieve
from crawler.routes.xmlfile import text_of
from crawler.urls import absolute_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one page of a feed says."""

    candidates: tuple[Candidate, ...]
    """In the feed's order: newest first by publication."""
    title: str | None
    language: str | None
    """BCP 47."""
    self_url: str | None
    """As the feed writes it: the name that a WebSub hub knows it by."""
    hubs: tuple[str, ...]
    """WebSub hubs (``rel="hub"``)."""
    cloud: dict[str, str] | None
    """rssCloud: the attributes ``domain``, ``port``, ``path``, ``registerProcedure``, ``protocol``."""
    built_at: datetime | None
    """UTC; ``lastBuildDate`` or Atom's ``updated``: when a post was last changed (``get_feed_build_date()``)."""
    listed: frozenset[str]
    """What all entries are known by, those left out too: tells one page of a feed from another."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Entries left out, by the reasons of ``Sieve`` and ``too_many``."""

    def goes_on(self, before: Iterable[str] = ()) -> bool:
        """Whether there may be a page after this one, given what the pages before it listed.

        WordPress answers 404 behind the last page; some caches and proxies answer every page with the first.
        """
        return bool(self.listed - frozenset(before))


def parse_feed(body: bytes, url: str, site: str, content_type: str | None = None) -> Feed:
    """The posts of one page of a feed fetched from ``url``, and what the feed says of itself. Raises UnreadableXml."""
    xml = feed_xml(body, content_type)
    title = plain_of(first(xml.head, "title"))
    language = language_tag(text_of(first(xml.head, "language", "dc:language")) or xml.lang or "")
    sieve = Sieve(site, url)
    candidates = [
        _candidate(fields, address, site, title, language)
        for fields in xml.entries
        if (address := sieve.admit(entry_link(fields)))
    ]
    sieve.dropped["too_many"] += xml.left_out
    return Feed(
        candidates=tuple(candidates),
        title=title or None,
        language=language,
        self_url=next(iter(_related(xml, "self")), None),
        hubs=tuple(hub for link in _related(xml, "hub") if (hub := absolute_url(url, link))),
        cloud=_cloud(xml.head),
        built_at=moment(first(xml.head, "lastBuildDate", "updated", "dc:date")),
        listed=frozenset(filter(None, map(entry_key, xml.entries))),
        dropped=+sieve.dropped,
    )


def tell_apart(
    labels: Iterable[str], categories: AbstractSet[str], tags: AbstractSet[str]
) -> tuple[list[str], list[str]] | None:
    """Labels as categories and tags, by the names that the site is known to use; None unless it is sure for each.

    Known names come from what was read of the site's pages and its REST API.
    """
    names = list(labels)
    if any((name in categories) == (name in tags) for name in names):
        return None
    return [name for name in names if name in categories], [name for name in names if name in tags]


def _candidate(fields: Fields, url: str, site: str, title: str, language: str | None) -> Candidate:
    entry = read_fields(fields, url, site)
    return Candidate(
        url,
        Role.POST,
        "feed",
        published_at=entry.published_at,
        wp_id=entry.wp_id,
        modified_at=entry.modified_at,
        article=read_entry(entry, site, title, language),
        labels=entry.labels,
    )


def _related(xml: FeedXml, relation: str) -> list[str]:
    """The addresses of the feed's own links of a relation: ``atom:link`` in RSS."""
    links: list[etree._Element] = xml.head.get("link", [])
    return [link.get("href") or "" for link in links if link.get("rel") == relation and link.get("href")]


def _cloud(head: Fields) -> dict[str, str] | None:
    cloud = next(iter(head.get("cloud", [])), None)
    return {str(name): str(value) for name, value in cloud.attrib.items()} if cloud is not None else None
