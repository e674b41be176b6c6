"""Same post? Same text? Pure functions on articles and stored documents."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from crawler.items import Article
from crawler.urls import is_web_url, url_key

M = TypeVar("M", bound=Mapping[str, Any])

HASH_VERSION = 1
"""Version of the recipe of ``content_hash``, its prefix."""


def content_hash(text: str | None) -> str | None:
    """``1:`` and the hash of the words of a text: the same for other punctuation, spacing, letter case or layout.

    None for a text without words, so that empty articles are never copies of each other.
    """
    if not text:
        return None
    from crawler.characters import words_of  # noqa: PLC0415 - it needs numpy, which most runs do not

    words = words_of(text)
    if not words:
        return None
    digest = hashlib.blake2b(words.encode(), digest_size=16)
    return f"{HASH_VERSION}:{digest.hexdigest()}"


def url_keys(urls: Iterable[str | None]) -> list[str]:
    """The distinct comparison keys of some URLs, in order; what is no web URL is left out."""
    return list(dict.fromkeys(url_key(url) for url in urls if url and is_web_url(url)))


def identity_keys(site: str, wp_id: int | None, urls: Iterable[str | None]) -> list[str]:
    """Strings of which two readings of one post of a site share at least one: the keys of its URLs.

    ``HOME/?p=ID`` leads to a post in every WordPress, whatever its permalinks, and so stands for its id.
    """
    by_id = [f"{site}?p={wp_id}"] if wp_id is not None else []
    return list(dict.fromkeys([*by_id, *url_keys(urls)]))


def article_keys(article: Article) -> list[str]:
    """The identity keys of an article."""
    return identity_keys(article.site, article.wp_id, [article.url, *article.aliases])


def same_post(article: Article, candidates: Iterable[M]) -> M | None:
    """The stored document among ``candidates`` that is the same post, or None.

    The WordPress id decides where both sides know it: a URL may be given to another post, an id never is. Without
    ids the URL of one side must be known to the other: an address that led to both (``/latest/``) proves nothing.
    """
    stored = [document for document in candidates if document.get("site") == article.site]
    for document in stored:
        if article.wp_id is not None and document.get("wp_id") == article.wp_id:
            return document
    undecided = [document for document in stored if document.get("wp_id") is None or article.wp_id is None]
    own, keys = url_key(article.url), set(article_keys(article))
    same_url = [d for d in undecided if _own_key(d) == own]
    known_alias = [d for d in undecided if own in d.get("url_keys", ())]
    former_url = [d for d in undecided if _own_key(d) in keys]
    return next(iter([*same_url, *known_alias, *former_url]), None)


def post_at(site: str, url: str, candidates: Iterable[M]) -> M | None:
    """The stored document whose own URL this is; a former address of a post says nothing of where it is now."""
    own = [d for d in candidates if d.get("site") == site and _own_key(d) == url_key(url)]
    return own[0] if own else None


def _own_key(document: Mapping[str, Any]) -> str | None:
    return url_key(document["url"]) if "url" in document else None
