"""What one entry of a feed says, field by field."""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from crawler.reading.datetext import parse_machine_date
from crawler.reading.feed import Entry
from crawler.routes.feedxml import Fields, fields_of, first, html_of, plain_of
from crawler.routes.xmlfile import text_of
from crawler.urls import absolute_url, is_on_site

_MOST_LABELS = 200


def entry_link(fields: Fields) -> str | None:
    """The address of the post; what FeedBurner has kept of it first, else a guid that says it is one."""
    origin = text_of(first(fields, "feedburner:origLink"))
    return origin or _alternate(fields.get("link", [])) or _permanent_guid(fields)


def _alternate(links: list[etree._Element]) -> str | None:
    """RSS has the address as text, Atom in ``href`` of the link without another relation."""
    found = (
        text_of(link) or (link.get("href") if (link.get("rel") or "alternate") == "alternate" else None)
        for link in links
    )
    return next(filter(None, found), None)


def _permanent_guid(fields: Fields) -> str | None:
    guid = first(fields, "guid")
    return text_of(guid) if guid is not None and (guid.get("isPermaLink") or "true").lower() == "true" else None


def entry_key(fields: Fields) -> str:
    """What tells an entry from others: its guid, else its address."""
    return text_of(first(fields, "guid", "id")) or entry_link(fields) or ""


def read_fields(fields: Fields, url: str, site: str) -> Entry:
    """An entry at a canonical URL."""
    wp_id, kind = _identity(fields, url, site)
    return Entry(
        url=url,
        title=plain_of(first(fields, "title", "dc:title")),
        content=html_of(first(fields, "content:encoded", "content")),
        summary=html_of(first(fields, "description", "summary")),
        creators=_creators(fields),
        wp_id=wp_id,
        type=kind,
        published_at=moment(first(fields, "pubDate", "published", "issued", "dc:date")),
        modified_at=moment(first(fields, "updated", "modified", "dcterms:modified")),
        comment_count=_count(text_of(first(fields, "slash:comments", "thr:total"))),
        labels=_labels(fields),
    )


def moment(element: etree._Element | None) -> datetime | None:
    """A date in UTC; None for one without a time of day."""
    stamp = parse_machine_date(text_of(element))
    return stamp.utc().astimezone(UTC) if stamp and stamp.timed else None


def _identity(fields: Fields, url: str, site: str) -> tuple[int | None, str | None]:
    """Id and type from ``<post-id>``, from a guid such as ``?p=7`` or ``?post_type=event&p=7``, or from the address.

    Not from a guid of another site: an import keeps the guids of the site that the posts came from, and the ids of
    that site are not the ids of this one.
    """
    stated = _id(text_of(first(fields, "wordpress:post-id", "post-id")))
    for address in (text_of(first(fields, "guid", "id")), url):
        absolute = absolute_url(url, address)
        query = dict(parse_qsl(urlsplit(absolute).query)) if absolute and is_on_site(absolute, site) else {}
        if found := _id(query.get("p", "")):
            return stated or found, query.get("post_type", "post")
    return stated, None


def _id(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[1-9]\d{0,17}", text, re.ASCII) else None


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None


def _creators(fields: Fields) -> tuple[str, ...]:
    """Display names. RSS's own ``author`` is an e-mail address, and not read."""
    named = [text_of(element) for element in fields.get("dc:creator", [])]
    people = [text_of(first(fields_of(person), "name")) for person in fields.get("author", [])]
    return tuple(name for name in named or people if name)


def _labels(fields: Fields) -> tuple[str, ...]:
    """RSS has the name as text, Atom in ``label`` or ``term``, RSS 1.0 as ``dc:subject``."""
    elements = [*fields.get("category", []), *fields.get("dc:subject", [])][:_MOST_LABELS]
    names = (plain_of(element) or element.get("label") or element.get("term") or "" for element in elements)
    return tuple(dict.fromkeys(name for name in names if name))
