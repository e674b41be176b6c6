"""What a sitemap file lists, by its name: every generator of sitemaps for WordPress names the kind in the address.

| generator | posts | index |
|---|---|---|
| WordPress | ``wp-sitemap-posts-post-1.xml``, ``?sitemap=posts&sitemap-subtype=post`` | ``wp-sitemap.xml`` |
| Yoast, Rank Math, SEOPress, All in One SEO | ``post-sitemap2.xml`` | ``sitemap_index.xml``, ``sitemap.xml`` |
| Google XML Sitemaps | ``sitemap-pt-post-2025-12.xml`` | ``sitemap.xml`` |
| XML Sitemap & Google News | ``sitemap-posttype-post.2025.xml`` | ``sitemap.xml`` |
| Jetpack | ``sitemap-1.xml`` (pages too), ``news-sitemap.xml`` | ``sitemap.xml`` |
"""

import re
from enum import Enum
from urllib.parse import parse_qsl, unquote, urlsplit


class Contents(Enum):
    """What a sitemap file lists."""

    POSTS = "posts"
    NEWS = "news"
    """Posts of the last two days (Google News)."""
    MAYBE = "maybe"
    """Its name does not tell, or tells a custom type or taxonomy: posts may be among it."""
    PAGES = "pages"
    TERMS = "terms"
    AUTHORS = "authors"
    MEDIA = "media"
    OTHER = "other"


_BY_WORD = {
    Contents.POSTS: "post posts article articles",
    Contents.NEWS: "news googlenews",
    Contents.PAGES: "page pages",
    Contents.TERMS: "category categories tag tags post_tag post_format product_cat product_tag taxonomies taxonomy tax",
    Contents.AUTHORS: "author authors user users",
    Contents.MEDIA: "image images attachment attachments media",
    Contents.OTHER: "misc root archives archive addl additional externals local locations product"
    " products e-landing-page elementor_library web-story web_story",
}
_CONTENTS = {word: contents for contents, words in _BY_WORD.items() for word in words.split()}

_TYPED = re.compile(r"(?:wp-sitemap-posts|sitemap-pt|sitemap-posttype)-(.+)")
_TERMED = re.compile(r"(?:wp-sitemap-taxonomies|sitemap-tax|sitemap-taxonomy)-.+")
_FRAME = re.compile(r"(?:^|[-_.])(?:wp|sitemaps?|index)(?=[-_.]|$)")
_NUMBERS = re.compile(r"(?:^|[-_.]p?|(?<=[a-z]))\d[-\d_.p]*$")
_ENDING = re.compile(r"(?:\.(?:xml|gz|php|txt))+$")
_MOST_CHARACTERS = 300


def contents_of(url: str) -> Contents:
    """What the sitemap at an address lists."""
    kind, name = _kind_and_name(url)
    if kind == "terms":
        return Contents.TERMS
    return _CONTENTS.get(kind if kind not in ("", "posts") else _word(name), Contents.MAYBE)


def post_type_of(url: str) -> str | None:
    """The post type that the sitemap at an address lists, if its name is that of one; it may be that of other things.

    Custom types are named like post: ``wp-sitemap-posts-product-1.xml``, ``product-sitemap.xml``.
    """
    kind, name = _kind_and_name(url)
    return _word(name) or None if kind in ("", "posts") else None


def is_of_one_type(url: str) -> bool:
    """Whether the address says that the sitemap lists posts of one type."""
    return _kind_and_name(url)[0] == "posts"


def _kind_and_name(url: str) -> tuple[str, str]:
    """``posts`` with the name of a post type, ``terms``, or nothing but the file's name.

    Where permalinks are plain, ``WP_Sitemaps`` answers to parameters.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if "sitemap" in query:
        return query["sitemap"], query.get("sitemap-subtype", "")
    name = _ENDING.sub("", unquote(parts.path).rpartition("/")[2].lower()[-_MOST_CHARACTERS:])
    if _TERMED.fullmatch(name):
        return "terms", name
    typed = _TYPED.fullmatch(name)
    return ("posts", typed[1]) if typed else ("", name)


def _word(name: str) -> str:
    """What is left of a name without ``sitemap``, its number or its month."""
    word = _FRAME.sub("", _NUMBERS.sub("", name)).strip("-_.")
    return _NUMBERS.sub("", word).strip("-_.")
