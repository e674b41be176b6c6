"""WordPress's own marks on a page: that it is WordPress, where its home is, which post it shows, theme and version."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlunsplit

from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import link_of, links, links_of, metas
from crawler.reading.markup import body_classes, class_list, having_class
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.structured import json_ld_nodes, types_of
from crawler.reading.text import element_text
from crawler.reading.urlparts import url_parts, url_query
from crawler.urls import absolute_url, is_web_url

_API = "https://api.w.org/"
_REST_POST = re.compile(r"/wp/v2/(?P<base>[\w-]+)/(?P<id>\d+)/?$")
_ASSET = re.compile(r"/wp-(?:content/(?:themes|plugins|uploads|mu-plugins|cache)|includes)/")
_THEME = re.compile(r"/wp-content/themes/((?:pub/|premium/|vip/)?[\w.%-]+)/")
_BODY_CLASS = re.compile(
    r"(?:postid|page-id|attachmentid|singular-post|category|tag|author)-\d+$|wp-(?:singular|theme-.*)$"
)
_POST_ID_CLASS = re.compile(r"(?:postid|singular-[a-z_-]+)-(\d+)$")
_POST_ELEMENT_ID = re.compile(r"post-(\d+)$")
_FEED = re.compile(r"(?:feed/?(?:rss2?/?|atom/?)?|\?feed=(?:rss2?|atom))$")


@per_page
def generator(page: Page) -> str | None:
    """``WordPress 7.1``, from the generator meta tag."""
    named = metas(page).get("generator", [])
    return next((name for name in named if re.match(r"WordPress\b", name, re.IGNORECASE)), None)


@per_page
def asset_urls(page: Page) -> list[str]:
    """The URLs of style sheets, scripts and images below ``wp-content`` or ``wp-includes``."""
    named = [element.get("href") or "" for element in tagged(page, "link")]
    named += [element.get("src") or "" for element in tagged(page, "script", "img", "amp-img")]
    return [url for url in named if _ASSET.search(url)]


def _signs(page: Page) -> Iterator[tuple[str, bool]]:
    classes = body_classes(page)
    yield "generator meta", generator(page) is not None
    yield "api.w.org link", bool(links_of(page, _API))
    yield "REST link of the post", any(_REST_POST.search(link.href) for link in links(page))
    yield "wp-content or wp-includes URLs", bool(asset_urls(page))
    yield "body classes", any(_BODY_CLASS.match(name) for name in classes)
    yield "xmlrpc.php link", any("xmlrpc.php" in link.href for link in links(page))
    yield "?p= shortlink", any("p" in url_query(link.href) for link in links_of(page, "shortlink"))
    yield (
        "block or post classes",
        bool(having_class(page, "hentry", "wp-site-blocks", "wp-block-post-content", "wp-caption", "amp-wp-article")),
    )


@per_page
def is_wordpress(page: Page) -> bool:
    """Whether the page shows any sign of WordPress."""
    return any(seen for _, seen in _signs(page))


@per_page
def wordpress_signs(page: Page) -> list[str]:
    """Human-readable evidence that the page was made by WordPress; empty: none, so it is not."""
    return [sign for sign, seen in _signs(page) if seen]


def _home_of_rest(url: str) -> str:
    """The home below which a REST root lies: before ``wp-json``, or before ``?rest_route=`` (``get_rest_url``)."""
    parts = url_parts(url)
    path = parts.path.partition("wp-json")[0] if "wp-json" in parts.path else parts.path
    return urlunsplit((parts.scheme, parts.netloc, re.sub(r"index\.php/?$", "", path) or "/", "", ""))


def rest_home(page: Page) -> str | None:
    """The home below which the page's own REST API lies: the surest word for which WordPress made it."""
    root = link_of(page, _API)
    return _home_of_rest(root) if root else None


def _home_from_rest_post(page: Page) -> str | None:
    post = next(
        (link.href for link in links(page) if _REST_POST.search(link.href) or "/wp-json/oembed/" in link.href), None
    )
    return _home_of_rest(post) if post else None


def _home_from_feed(page: Page) -> str | None:
    """The shortest URL that a feed hangs below; a post's own feed of comments hangs below the post."""
    feeds = [link.href for link in links_of(page, "alternate") if "rss" in link.type or "atom" in link.type]
    homes = [_FEED.sub("", url.replace("/comments/feed", "/feed")) for url in feeds if _FEED.search(url)]
    shown = [home for home in homes if url_parts(home).netloc == url_parts(page.url).netloc]
    own = page.url.rstrip("/") if url_parts(page.url).path.strip("/") else ""
    return min((home for home in shown if home.rstrip("/") != own), key=len, default=None)


def _home_from_editor(page: Page) -> str | None:
    editor = link_of(page, "edituri")
    return editor.partition("xmlrpc.php")[0] if editor and "xmlrpc.php" in editor else None


def _home_from_json_ld(page: Page) -> str | None:
    sites = [node.get("url") for node in json_ld_nodes(page) if "WebSite" in types_of(node)]
    return next((url for url in sites if isinstance(url, str) and is_web_url(url)), None)


def _home_from_assets(page: Page) -> str | None:
    before = [_absolute(page, re.split(r"wp-(?:content|includes)/", url)[0]) for url in asset_urls(page)]
    own = [home for home in before if url_parts(home).netloc == url_parts(page.url).netloc]
    return _commonest(own)


def _commonest(texts: Iterable[str]) -> str | None:
    """The text that occurs most often, of equals the first."""
    return next((text for text, _ in Counter(texts).most_common(1)), None)


def _absolute(page: Page, url: str) -> str:
    return absolute_url(page.url, url or "./") or page.url


_HOME: tuple[Candidate[str], ...] = (
    ("api.w.org link", rest_home),
    ("REST or oEmbed link of the post", _home_from_rest_post),
    ("feed link", _home_from_feed),
    ("xmlrpc.php link", _home_from_editor),
    ("JSON-LD WebSite", _home_from_json_ld),
    ("wp-content URLs", _home_from_assets),
)


@per_page
def home_url(page: Page) -> str | None:
    """The home of the WordPress this page belongs to (``https://example.org/blog/``); None where nothing tells it."""
    found = first_found(page, _HOME)
    return found.value if found and is_web_url(found.value) else None


def _id_in_body_class(page: Page) -> int | None:
    return _first_id(_POST_ID_CLASS.match(name) for name in body_classes(page))


def _id_in_rest_link(page: Page) -> int | None:
    return next((int(match["id"]) for link in links(page) if (match := _REST_POST.search(link.href))), None)


def _id_in_shortlink(page: Page) -> int | None:
    ids = (url_query(link.href).get("p", "") for link in links_of(page, "shortlink"))
    return next((int(number) for number in ids if number.isascii() and number.isdigit()), None)


def _id_of_article_element(page: Page) -> int | None:
    return _first_id(_POST_ELEMENT_ID.match(element.get("id") or "") for element in tagged(page, "article", "div"))


def _id_in_comment_form(page: Page) -> int | None:
    fields = [element for element in tagged(page, "input") if element.get("name") == "comment_post_ID"]
    return next((int(value) for value in (field.get("value") or "" for field in fields) if value.isdigit()), None)


def _first_id(matches: Iterator[re.Match[str] | None]) -> int | None:
    return next((int(match[1]) for match in matches if match), None)


_WP_ID: tuple[Candidate[int], ...] = (
    ("body class postid-N", _id_in_body_class),
    ("REST link", _id_in_rest_link),
    ("shortlink ?p=N", _id_in_shortlink),
    ("comment form", _id_in_comment_form),
    ("element id post-N", _id_of_article_element),
)


def wp_id(page: Page) -> Found[int] | None:
    """The WordPress post id."""
    return first_found(page, _WP_ID)


def _type_in_body_class(page: Page) -> str | None:
    names = body_classes(page)
    templates = (name.removesuffix("-template-default") for name in names if name.endswith("-template-default"))
    return next((name for name in templates if f"single-{name}" in names), None) or _type_in_singular_class(page)


def _type_in_singular_class(page: Page) -> str | None:
    matches = (re.match(r"(?:singular-([a-z_-]+?)-\d+|single-(post))$", name) for name in body_classes(page))
    return next((match[1] or match[2] for match in matches if match), None)


def _type_in_rest_link(page: Page) -> str | None:
    bases = (match["base"] for link in links(page) if (match := _REST_POST.search(link.href)))
    return next(({"posts": "post", "pages": "page"}.get(base, base) for base in bases), None)


def _type_in_post_class(page: Page) -> str | None:
    names = (name for element in having_class(page, "hentry", "post") for name in class_list(element))
    return next((name.removeprefix("type-") for name in names if name.startswith("type-")), None)


_TYPE: tuple[Candidate[str], ...] = (
    ("body class single-TYPE", _type_in_body_class),
    ("REST link", _type_in_rest_link),
    ("post class type-TYPE", _type_in_post_class),
)


def post_type(page: Page) -> Found[str] | None:
    """The WordPress post type: ``post``, or a custom one."""
    return first_found(page, _TYPE)


@per_page
def theme(page: Page) -> str | None:
    """The folder of the active theme; of parent and child the child, whose style sheet comes last."""
    child = [name for name in body_classes(page) if name.startswith("wp-child-theme-")]
    if child:
        return child[0].removeprefix("wp-child-theme-")
    named = [name for name in body_classes(page) if name.startswith("wp-theme-")]
    if named:
        return named[0].removeprefix("wp-theme-")
    matches = [match[1] for url in asset_urls(page) if (match := _THEME.search(url))]
    return _commonest(reversed(matches))


@per_page
def site_names(page: Page) -> list[str]:
    """Every spelling of the site's name that the page shows, its domain (``news.example``, ``news``) included."""
    found = [*metas(page).get("og:site_name", []), *metas(page).get("application-name", [])]
    for node in json_ld_nodes(page):
        if {"WebSite", "Organization", "NewsMediaOrganization"} & set(types_of(node)):
            found += [str(node[key]) for key in ("name", "alternateName") if isinstance(node.get(key), str)]
    for link in links_of(page, "alternate"):
        if "rss" in link.type or "atom" in link.type:
            found += re.findall(r"^(.+?)\s*(?:»|&raquo;|>>|›)\s*[^»›]*$", link.title)[:1]
    shown = having_class(page, "site-title", "site-name", "wp-block-site-title")
    found += [element_text(element) for element in shown]
    host = (url_parts(home_url(page) or page.url).hostname or "").removeprefix("www.")
    found += [host, host.rpartition(".")[0]]
    return [name for name in dict.fromkeys(found) if name and name not in metas(page).get("og:title", [])]
