"""Stored articles against the truth, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crawler.urls import url_key

from .scenarios import Theme
from .truth import Post

Document = Mapping[str, Any]
LANGUAGES = {"arabic": "ar", "chinese": "zh", "longslug": "zh", "russian": "ru", "greek": "el"}
"""Posts that are not in the language the site declares, by key: their own is right as well."""
_OF_THE_BODY = ("text", "html", "excerpt", "images", "embeds", "links", "word_count", "content_hash")


def assert_right(posts: Mapping[int, Post], documents: Iterable[Document], theme: Theme) -> None:
    """These posts are stored, each once, with every field as the theme shows it; and nothing else is stored."""
    found = differences(posts, documents, theme)
    assert not found, "\n".join([f"{len(found)} differences:", *found[:60]])


def differences(posts: Mapping[int, Post], documents: Iterable[Document], theme: Theme) -> list[str]:
    """A line for everything that is missing, stored twice, not one of the posts, or wrong in a field."""
    found: list[str] = []
    stored: dict[int | None, Document] = {}
    for document in documents:
        wp_id = document.get("wp_id")
        if wp_id in stored:
            found.append(f"stored twice: {document['url']}")
        elif wp_id not in posts:
            found.append(f"not a public post: {document['url']} (wp_id {wp_id})")
        stored[wp_id] = document
    found += [f"missing: {post.key} {post.url}" for id_, post in posts.items() if id_ not in stored]
    for id_, post in posts.items():
        if id_ in stored:
            found += [f"{post.key}: {line}" for line in _wrong_fields(post, stored[id_], theme)]
    return found


def _wrong_fields(post: Post, document: Document, theme: Theme) -> Iterator[str]:
    expected = _expected(post, theme)
    for field, right in expected.items():
        value = _comparable(field, document.get(field))
        # What a theme does not print may be absent, but never wrong.
        absent = value in (None, [], 0) and _may_be_absent(field, post, theme)
        if value != right and not absent:
            yield f"{field} is {_short(value)}, not {_short(right)}"
    yield from _shown_without_password(post, document)
    if document.get("language") not in ("en-US", LANGUAGES.get(post.key)):
        yield f"language is {document.get('language')}"


def _shown_without_password(post: Post, document: Document) -> Iterator[str]:
    """What stands in the document of a protected post though nobody gave the password."""
    if post.protected:
        yield from (f"{field} of a protected post" for field in _OF_THE_BODY if document.get(field))


def _expected(post: Post, theme: Theme) -> dict[str, Any]:
    pages = post.pages if theme.pager or (theme.breaks and post.linked_pages) else post.pages[:1]
    return {
        "type": "post",
        "url": url_key(post.url),
        "title": post.title,
        "published_at": post.published_at,
        "modified_at": post.modified_at,
        "authors": post.authors,
        "categories": post.categories,
        "tags": post.tags,
        "comment_count": post.comment_count,
        "previous_url": post.previous_url and url_key(post.previous_url),
        "next_url": post.next_url and url_key(post.next_url),
        "access": "password" if post.protected else "open",
        "page_count": max(1, len(pages)),
        "text": "\n\n".join(pages) or None,
    }


def _comparable(field: str, value: Any) -> Any:
    if value and field in ("url", "previous_url", "next_url"):
        return url_key(value)
    if field == "authors":
        # Block themes texturise all they print, names too (get_the_block_template_html).
        return [name.replace("’", "'") for name in value or ()]
    return value


def _may_be_absent(field: str, post: Post, theme: Theme) -> bool:
    if field == "modified_at":
        return field not in theme.shows or post.modified_at == post.published_at
    if field == "comment_count":
        # The comments of a protected post are as hidden as its text; "0 comments" is seldom printed.
        return field not in theme.shows or post.protected or post.comment_count == 0
    if field == "page_count":
        return post.protected or field not in theme.shows
    return field in ("authors", "categories", "tags", "previous_url", "next_url") and field not in theme.shows


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 400 else f"{text[:200]} … {text[-200:]}"
