"""A post of the REST API as the Article that its page would give: the same readers on the same markup."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from crawler.items import Article, Source
from crawler.reading.access import access, without_protected_prefix
from crawler.reading.article import set_body
from crawler.reading.authors import authors
from crawler.reading.body import Body, join_bodies, read_body
from crawler.reading.datetext import parse_machine_date
from crawler.reading.embedded import (
    Item,
    embedded,
    embedded_authors,
    featured_image,
    has_other_authors,
    plain_text,
    plugin_authors,
    rendered,
    terms,
)
from crawler.reading.excerpt import excerpt
from crawler.reading.featured import featured_image as declared_image
from crawler.reading.headline import letters
from crawler.reading.language import language, language_of_text, language_tag
from crawler.reading.markup import shown_text
from crawler.reading.page import Page, UnreadablePage, parse_page
from crawler.reading.pages import MAX_PAGES
from crawler.reading.syndication import syndicated_from
from crawler.reading.text import is_collapsed, raw_text
from crawler.reading.urlparts import same_url
from crawler.urls import absolute_url, canonical_url, is_web_url, site_id

FIELDS = (
    "id", "type", "status", "link", "date_gmt", "modified", "modified_gmt", "title", "content", "excerpt", "author",
    "categories", "tags", "featured_media", "lang", "wpml_current_locale", "yoast_head", "aioseo_head", "authors",
    "coauthors", "newspack_author_info", "_links", "_embedded",
)  # fmt: skip
"""What is read of a post, for ``_fields``; core embeds nothing where ``_links`` is not asked for."""

_POST_TYPE = re.compile(r"[\w-]{1,40}")
_NEXT_PAGE, _LINE_BREAK = "<!--nextpage-->", "<br />"
_RAW_SHORTCODE = re.compile(r"\[/[a-z][\w-]{1,40}\]", re.IGNORECASE)
_CUT_OFF = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]\s*(?:[^\n.]{1,60})?$")
_SHOWS = etree.XPath("boolean(//body//text()[normalize-space()] | //img | //iframe | //video | //audio | //object)")
_OUTER_TAG = re.compile(r"</?(?:html|head|body)\b[^<>]{0,5000}>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>([^<>&]*(?:&(?:#8\d{3}|amp|hellip);[^<>&]*)*)</p>\s*")
"""One paragraph of plain text, as ``wpautop()`` and ``wptexturize()`` leave most excerpts: it needs no parser."""
_SHARED = 0.9
"""Part of an excerpt that stands in the body if WordPress cut it from there; the rest may be "Continue reading"."""


class NotARestPost(ValueError):
    """The answer is no public post of the REST API; the message says why: ``no object``, ``no id``, ``no link``, …"""


@dataclass(frozen=True, slots=True)
class RestReading:
    """A post as the API tells it, and why its page says more; None if nothing is missing."""

    article: Article
    missing: str | None


def read_rest_post(post: Mapping[str, Any], home: str) -> Article:
    """One item of ``/wp/v2/posts`` with ``FIELDS`` as an article of the site at ``home``. Raises NotARestPost.

    What the API does not know (comments' number, neighbours) or hides stays empty.
    """
    return read_rest(post, home).article


def read_rest(post: Mapping[str, Any], home: str, known_terms: Mapping[int, str] | None = None) -> RestReading:
    """The same with what is missing: the name of the first thing that only the page can tell.

    ``known_terms``: names of terms by id, for posts with more of them than are embedded. Raises NotARestPost.
    """
    article = _identified(post, home)
    head = _head(post, article.url)
    title = plain_text(rendered(post, "title"))
    article.title = without_protected_prefix(title) or None
    article.published_at, article.modified_at = _moment(post.get("date_gmt")), _moment(post.get("modified_gmt"))
    article.published_precision = "time" if article.published_at else None
    article.authors = _authors(post, head)
    in_categories, in_tags = (terms(post, field, known_terms or {}) for field in ("categories", "tags"))
    article.categories, article.tags = in_categories or [], in_tags or []
    article.language = _language(post, head)
    source = syndicated_from(head) if head is not None else None
    article.syndicated_from = source.value if source else None
    pages = [] if _is_protected(post) else _pages(post, article)
    found = next((found for page in (head, *pages) if page and (found := access(page))), None)
    article.access = "password" if _is_protected(post) else found.value if found else "open"
    if article.access != "password":
        _read_content(article, post, head, pages)
    has_terms = in_categories is not None and in_tags is not None
    return RestReading(article, _missing(article, post, pages, has_terms=has_terms))


def _identified(post: Any, home: str) -> Article:
    if not isinstance(post, Mapping):
        raise NotARestPost("no object")
    wp_id, link, kind = post.get("id"), post.get("link"), post.get("type")
    if not isinstance(wp_id, int) or isinstance(wp_id, bool) or not 0 < wp_id < 2**63:
        raise NotARestPost("no id")
    if not isinstance(link, str) or not is_web_url(link):
        raise NotARestPost("no link")
    if post.get("status", "publish") != "publish":
        raise NotARestPost("not public")
    return Article(
        site=site_id(home),
        url=canonical_url(link),
        wp_id=wp_id,
        type=kind if isinstance(kind, str) and _POST_TYPE.fullmatch(kind) else None,
        source=Source(route="rest", read_from="rest"),
    )


def _head(post: Item, url: str) -> Page | None:
    """The head that an SEO plugin prints on the post's page, where the API has it; a page without a body."""
    head = next(
        (text for name in ("yoast_head", "aioseo_head") if isinstance(text := post.get(name), str) and text), ""
    )
    try:
        return parse_page(f"<html><head>{head}</head></html>", url) if head else None
    except UnreadablePage:
        return None


def _moment(value: Any) -> datetime | None:
    """A ``*_gmt`` field; core sends null for a date that is not set, old plugins zeros."""
    stamp = parse_machine_date(value) if isinstance(value, str) else None
    return stamp.utc() if stamp and stamp.timed else None


def _authors(post: Item, head: Page | None) -> list[str]:
    """Those of a plugin for several authors, in its own field or through the head; else the post's user."""
    named = authors(head) if head is not None else None
    return plugin_authors(post) or (named.value if named else []) or embedded_authors(post)


def _language(post: Item, head: Page | None) -> str | None:
    """What Polylang or WPML says of the post, else the head."""
    told = [language_tag(text) for name in ("lang", "wpml_current_locale") if isinstance(text := post.get(name), str)]
    declared = language(head) if head is not None else None
    return next((tag for tag in told if tag), None) or (declared.value if declared else None)


def _is_protected(post: Item) -> bool:
    content = post.get("content")
    return isinstance(content, Mapping) and content.get("protected") is True


def _pages(post: Item, article: Article) -> list[Page]:
    """The pages of the content that show something."""
    parts = map(_opened, rendered(post, "content").split(_NEXT_PAGE, MAX_PAGES - 1))
    return [page for markup in parts if (page := _wrapped(markup, article))]


def _opened(part: str) -> str:
    """A page with the paragraph that began before it: ``wpautop()`` takes a page break for a line of a paragraph."""
    part = part.strip().removesuffix(_LINE_BREAK).strip()
    return f"<p>{part.removeprefix(_LINE_BREAK).strip()}" if part.startswith(_LINE_BREAK) else part


def _read_content(article: Article, post: Item, head: Page | None, pages: list[Page]) -> None:
    """Body, pictures, excerpt, and the language of the body's script."""
    article.page_count = len(pages) or 1
    picture = featured_image(post, article.url) or (declared_image(head) if head is not None else None)
    set_body(article, _body(pages, article.title), picture)
    article.excerpt = _excerpt(article, post, head)
    if article.language:  # else whoever knows the site's language settles it with the text
        article.language = language_of_text(article.text or "", article.language) or article.language


def _wrapped(markup: str, article: Article) -> Page | None:
    """The content as the body of a post's page; None where it shows nothing, or more than a page may hold.

    Its element is made after parsing, so that a stray end tag in it closes nothing.
    """
    try:
        page = parse_page(f"<html><body>{_OUTER_TAG.sub('', markup)}</body></html>", article.url)
    except UnreadablePage:
        return None
    content = page.root.find("body")
    if content is None or not (raw_text(content).strip(" \t\r\n") or _SHOWS(page.root)):
        return None
    body = content.makeelement("body")
    page.root.replace(content, body)
    body.append(content)
    content.tag = "div"
    content.set("class", "entry-content")
    return page


def _body(pages: list[Page], title: str | None) -> Body:
    bodies = [read_body(page, title=title) for page in pages]
    return bodies[0] if len(bodies) == 1 else join_bodies(bodies)


def _excerpt(article: Article, post: Item, head: Page | None) -> str | None:
    """The written excerpt, not the body's first words of ``wp_trim_excerpt()``; else the head's description."""
    written = _written_excerpt(rendered(post, "excerpt"), article.url)
    if letters(written) and not _CUT_OFF.search(written) and not _begins_body(written, article, post):
        return written
    described = excerpt(head) if head is not None else None
    return described.value if described else None


def _begins_body(written: str, article: Article, post: Item) -> bool:
    """Whether an excerpt is of the text; looked for in all of the content only if it is not in what was read of it."""
    ours, text = letters(written), letters(article.text or "")
    begins = ours[: max(1, int(len(ours) * _SHARED))]
    return begins in text or begins in text + letters(plain_text(rendered(post, "content")))


def _written_excerpt(markup: str, url: str) -> str:
    """Its text without the link to the post that themes put after it (``excerpt_more``)."""
    if (plain := _PARAGRAPH.fullmatch(markup)) and is_collapsed(text := html.unescape(plain[1])):
        return text.strip(" ")
    try:
        root = parse_page(f"<div>{markup}</div>", url).root
    except UnreadablePage:
        return ""
    for anchor in list(root.iter("a")):
        target = absolute_url(url, anchor.get("href"))
        if target and same_url(target.partition("#")[0], url):
            anchor.drop_tree()
    return shown_text(root)


def _missing(article: Article, post: Item, pages: list[Page], *, has_terms: bool) -> str | None:
    """Why the page must be read after all."""
    reasons = {"authors": not _tells_authors(article, post), "terms": not has_terms}
    if article.access != "password":
        body = {"text": not article.html, "teaser": article.access == "teaser", "cut off": _is_cut_off(article, pages)}
        reasons = body | {"shortcodes": _has_raw_shortcode(post)} | reasons
    return next((reason for reason, holds in reasons.items() if holds), None)


def _tells_authors(article: Article, post: Item) -> bool:
    """Whether the authors are known, or known to be none: no user, or a type of post that has no authors."""
    if len(article.authors) < 2 and has_other_authors(post) and not plugin_authors(post):
        return False
    return bool(article.authors or embedded(post, "author") or not post.get("author"))


def _is_cut_off(article: Article, pages: list[Page]) -> bool:
    """Ends in "[…]", or in a link to the post itself: "Continue reading" (``get_the_content()``: ``#more-7``)."""
    last = next((anchor for page in pages[-1:] for anchor in reversed(list(page.root.iter("a")))), None)
    target, _, fragment = ((last.get("href") if last is not None else None) or "").partition("#")
    leads_here = fragment[:5] in ("", "more-") and same_url(absolute_url(article.url, target) or "", article.url)
    is_link = leads_here and last is not None and shown_text(pages[-1].root).endswith(shown_text(last))
    return is_link or _CUT_OFF.search(article.text or "") is not None


def _has_raw_shortcode(post: Item) -> bool:
    """A page builder whose shortcodes work on pages only: ``do_shortcode()`` leaves those that nobody registered."""
    return _RAW_SHORTCODE.search(rendered(post, "content")) is not None
