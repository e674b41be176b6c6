"""An entry of a feed becomes an Article, where the entry has the whole post.

Of a post of several pages (``<!--nextpage-->``) WordPress's feeds hold only the first (``get_the_content()``) and
nothing tells so: an article read here has no ``page_count``.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement, fromstring

from crawler.items import Article, Source
from crawler.reading.access import access, without_protected_prefix
from crawler.reading.appended import drop_appended, is_cut, shows_something
from crawler.reading.body import read_body
from crawler.reading.fragment import content_of, content_page
from crawler.reading.headline import letters
from crawler.reading.language import language_of_text
from crawler.reading.names import names_in
from crawler.reading.page import Page, UnreadablePage
from crawler.reading.text import element_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, as it says itself. ``content`` and ``summary`` are HTML; ``title`` is plain text."""

    url: str
    """Canonical."""
    title: str
    content: str
    summary: str
    creators: tuple[str, ...]
    wp_id: int | None
    type: str | None
    published_at: datetime | None
    modified_at: datetime | None
    comment_count: int | None
    labels: tuple[str, ...]
    """Categories and tags together: feeds do not tell them apart."""


def read_entry(entry: Entry, site: str, site_name: str, language: str | None) -> Article | None:
    """The article of an entry; None unless the entry has the whole post, or says that it asks for a password.

    ``site_name`` and ``language`` are the feed's. Categories and tags stay empty: see ``Entry.labels``.
    """
    try:
        page = content_page(entry.content, entry.url)
    except UnreadablePage:
        return None
    article = _described(entry, site, language)
    restriction = access(page)
    if restriction:
        article.access = restriction.value
        return article if article.access == "password" else None
    content, summary = content_of(page), fromstring(f"<div>{entry.summary}</div>")
    for part in (content, summary):
        _restore_emoji(part)
        drop_appended(part, entry.url, entry.title, site, site_name)
    if not _is_whole(content, summary, entry.url):
        return None
    _take_body(article, page)
    article.excerpt = _excerpt(summary, entry.url, article.text)
    return article if article.html else None


def _restore_emoji(content: HtmlElement) -> None:
    """Characters again where feeds have pictures of them (``wp_staticize_emoji()``)."""
    for img in [img for img in content.iter("img") if "wp-smiley" in (img.get("class") or "")]:
        img.tail = (img.get("alt") or "") + (img.tail or "")
        img.drop_tree()


def _described(entry: Entry, site: str, language: str | None) -> Article:
    return Article(
        site=site,
        url=entry.url,
        wp_id=entry.wp_id,
        type=entry.type,
        title=without_protected_prefix(entry.title) or None,
        authors=list(dict.fromkeys(name for creator in entry.creators for name in names_in(creator))),
        published_at=entry.published_at,
        published_precision="time" if entry.published_at else None,
        modified_at=entry.modified_at,
        language=language,
        comment_count=entry.comment_count,
        source=Source(route="feed", read_from="feed"),
    )


def _take_body(article: Article, page: Page) -> None:
    """The body, read by the very same code as a page's."""
    body = read_body(page, title=article.title)
    article.text, article.html, article.word_count = body.text, body.html, body.word_count
    article.images, article.embeds, article.links = list(body.images), list(body.embeds), list(body.links)
    if article.language:  # else whoever knows the site's language settles it with the text
        article.language = language_of_text(body.text or "", article.language) or article.language


def _is_whole(content: HtmlElement, summary: HtmlElement, url: str) -> bool:
    """Whether the content is more than the summary, and does not end as a summary does.

    One as long as the summary may be a very short post, or a site that sends its excerpts twice: the page tells.
    """
    if is_cut(content, url):
        return False
    said, summed_up = (len(letters(element_text(part))) for part in (content, summary))
    return said > summed_up or (said == summed_up == 0 and shows_something(content, url))


def _excerpt(summary: HtmlElement, url: str, text: str | None) -> str | None:
    """The summary, unless WordPress cut it from the text itself (``wp_trim_excerpt()``)."""
    said = element_text(summary)
    is_from_text = is_cut(summary, url) or letters(text or "").startswith(letters(said))
    return None if not said or is_from_text else said
