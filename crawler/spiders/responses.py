"""From Scrapy's responses to pages."""

from collections.abc import Iterable
from datetime import UTC, datetime

from scrapy.http import Response, TextResponse

from crawler.items import Article
from crawler.reading import Page, UnreadablePage, parse_page
from crawler.routes.candidates import Candidate
from crawler.urls import canonical_url


def headers_of(response: Response) -> dict[str, str]:
    """The response's headers as text, names in lower case; several of one name joined by commas (RFC 9110, 5.3)."""
    return {name.decode("latin-1").lower(): _joined(values) for name, values in response.headers.items()}


def _joined(values: Iterable[bytes]) -> str:
    return b", ".join(values).decode("latin-1")


def _header(response: Response, name: str) -> str | None:
    """One of them."""
    values = response.headers.getlist(name)
    return _joined(values) if values else None


def page_of(response: Response) -> Page | str:
    """The parsed page, or the reason why there is none, fit for a counter."""
    if not isinstance(response, TextResponse):
        return "not-html"
    try:
        return parse_page(response.body, response.url, headers_of(response))
    except UnreadablePage as error:
        return str(error)


def fetched_at(response: Response) -> datetime:
    """When a response came: where it is archived, exactly what its record says."""
    told = response.request.meta.get("fetched_at") if response.request else None
    return told if isinstance(told, datetime) else datetime.now(UTC)


def note_when(candidates: Iterable[Candidate], at: datetime) -> None:
    """The articles of a list that came at this time."""
    for candidate in candidates:
        if candidate.article:
            candidate.article.source.fetched_at = at


def note_source(article: Article, response: Response, candidate: Candidate) -> None:
    """Where an article was read, and by which URLs it was reached."""
    source = article.source
    source.route, source.status, source.fetched_at = candidate.route, response.status, fetched_at(response)
    source.lastmod = lastmod(candidate, source.fetched_at)
    source.etag, source.last_modified = _header(response, "ETag"), _header(response, "Last-Modified")
    led_here = [*response.meta.get("redirect_urls", ()), response.url]
    # An unknown query shows the same post again: there are endlessly many, and none is a name of it.
    named = [url for url in map(canonical_url, led_here) if url.partition("?")[0] != article.url]
    article.aliases = list(dict.fromkeys([*article.aliases, *named]))


def note_answer(article: Article, candidate: Candidate) -> None:
    """The same for an article that its route gave whole."""
    article.source.route, article.source.status = candidate.route, 200
    article.source.fetched_at = article.source.fetched_at or datetime.now(UTC)
    article.source.lastmod = candidate.modified_at


def lastmod(candidate: Candidate, now: datetime) -> datetime | None:
    """Up to which modification a post is known that was read just now; of a day that is not over, up to now."""
    if candidate.modified_at or candidate.modified_by is None:
        return candidate.modified_at
    return min(candidate.modified_by, now)
