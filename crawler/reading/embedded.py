"""What the REST API embeds in a post (``_embed``): its authors, terms and featured picture. All of it untrusted."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.items import Image
from crawler.reading.markup import shown_text
from crawler.reading.names import names_in
from crawler.reading.page import UnreadablePage, parse_page
from crawler.remember import remembered
from crawler.urls import absolute_url

Item = Mapping[str, Any]

_TAXONOMIES = {"categories": "category", "tags": "post_tag"}
"""The fields of a post that list the ids of its terms (``rest_base``), and the taxonomy of each."""
_PLUGIN_AUTHORS = ("authors", "coauthors", "newspack_author_info")
"""Fields in which plugins for several authors list people: ``[{"display_name": …}]``."""
_MAX_SIDE = 100_000


def rendered(post: Item, field: str) -> str:
    """The HTML of ``title``, ``content``, ``excerpt`` or ``caption``; empty where the answer has none."""
    value = post.get(field)
    text = value.get("rendered") if isinstance(value, Mapping) else value
    return text if isinstance(text, str) else ""


def plain_text(markup: str) -> str:
    """One line of text from a little HTML: tags dropped, entities decoded."""
    try:
        return (
            shown_text(parse_page(f"<div>{markup}</div>", "").root) if "<" in markup or "&" in markup else _line(markup)
        )
    except UnreadablePage:
        return ""


def _line(text: str) -> str:
    """White space made single; without NUL, and without lone surrogates, which no database stores."""
    return " ".join(text.replace("\0", "").encode("utf-8", "ignore").decode().split())


def embedded(post: Item, relation: str) -> list[Any]:
    """What is embedded under a link relation; error objects (``{"code": "rest_user_invalid_id", …}``) left out."""
    found = post.get("_embedded")
    items = found.get(relation) if isinstance(found, Mapping) else None
    return [item for item in items if not _is_error(item)] if isinstance(items, list) else []


def _is_error(item: Any) -> bool:
    return isinstance(item, Mapping) and "code" in item and "message" in item


def plugin_authors(post: Item) -> list[str]:
    """The names that a plugin for several authors gives; empty where there is none."""
    for field in _PLUGIN_AUTHORS:
        people = post.get(field)
        if isinstance(people, list) and (names := _names(people)):
            return names
    return []


def embedded_authors(post: Item) -> list[str]:
    """The display name of the user whose post it is; empty where the site does not tell users."""
    return _names(embedded(post, "author"))


def _names(people: Sequence[Any]) -> list[str]:
    named = [person.get("display_name") or person.get("name") for person in people if isinstance(person, Mapping)]
    return list(dict.fromkeys(name for text in named if isinstance(text, str) for name in _names_in(text)))


@remembered(1024)
def _names_in(text: str) -> tuple[str, ...]:
    """The names in a display name: a site has few authors."""
    return tuple(names_in(_line(html.unescape(text))))


def has_other_authors(post: Item) -> bool:
    """Whether Co-Authors Plus gives the post to others than its user: terms ``cap-jane`` of its taxonomy ``author``."""
    slugs = {
        str(term.get("slug")).removeprefix("cap-") for term in _embedded_terms(post) if term.get("taxonomy") == "author"
    }
    users = {str(user.get("slug")) for user in embedded(post, "author") if isinstance(user, Mapping)}
    return bool(slugs - users)


def _embedded_terms(post: Item) -> Iterator[Item]:
    for group in embedded(post, "wp:term"):
        yield from (term for term in (group if isinstance(group, list) else ()) if isinstance(term, Mapping))


def term_names(posts: Sequence[Any]) -> dict[int, str]:
    """The names of all terms that are embedded in some posts, by id (no two taxonomies share one)."""
    terms = (term for post in posts if isinstance(post, Mapping) for term in _embedded_terms(post))
    return {term["id"]: _name(term) for term in terms if isinstance(term.get("id"), int) and _name(term)}


def _name(term: Item) -> str:
    name = term.get("name")
    return _line(html.unescape(name)) if isinstance(name, str) else ""


def terms(post: Item, field: str, known: Mapping[int, str]) -> list[str] | None:
    """The names of the post's ``categories`` or ``tags`` in the site's order; None if not all of them are told.

    Core embeds the first ten by name (``WP_REST_Server::embed_links`` asks for one page); of the others ``known`` may
    have the names, from other posts.
    """
    own = [term for term in _embedded_terms(post) if term.get("taxonomy") == _TAXONOMIES[field] and _name(term)]
    names = [_name(term) for term in own]
    missing = _ids(post.get(field)) - _ids([term.get("id") for term in own])
    if missing - known.keys():
        return None
    return list(dict.fromkeys([*names, *sorted((known[id_] for id_ in missing), key=str.casefold)]))


def _ids(value: Any) -> set[int]:
    return {item for item in value if isinstance(item, int)} if isinstance(value, list) else set()


def featured_image(post: Item, url: str) -> Image | None:
    """The featured picture in its largest size; ``url`` is the post's, for relative addresses."""
    media = next((item for item in embedded(post, "wp:featuredmedia") if isinstance(item, Mapping)), None)
    if media is None or media.get("media_type", "image") != "image":
        return None
    sizes = sorted(_sizes(media, url), key=lambda size: (size[1] or 0) * (size[2] or 0), reverse=True)
    if not sizes:
        return None
    address, width, height = sizes[0]
    alt = media.get("alt_text")
    return Image(
        url=address,
        alt=(_line(html.unescape(alt)) or None) if isinstance(alt, str) else None,
        caption=plain_text(rendered(media, "caption")) or None,
        width=width,
        height=height,
    )


def _sizes(media: Item, url: str) -> Iterator[tuple[str, int | None, int | None]]:
    """Address, width and height of every size, the whole picture first."""
    details = media.get("media_details")
    details = details if isinstance(details, Mapping) else {}
    sizes = details.get("sizes")
    made = list(sizes.values()) if isinstance(sizes, Mapping) else []
    for size in ({**details, "source_url": media.get("source_url")}, *made):
        source = size.get("source_url") if isinstance(size, Mapping) else None
        address = absolute_url(url, source) if isinstance(source, str) else None
        if address:
            yield address, _side(size.get("width")), _side(size.get("height"))


def _side(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and 0 < int(text) < _MAX_SIDE else None
