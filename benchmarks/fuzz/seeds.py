"""What is well formed: the demo's pages in every theme, its REST answers, feeds and sitemaps, dates and addresses."""

import json
from collections.abc import Iterator
from functools import cache

from demo.content import demo_site
from demo.paths import post_path
from demo.server import Served
from demo.site import DemoSite
from demo.themes import THEMES
from tests.routes.feeds import atom, item, rss
from tests.spiders.rest_site import RestSite

ORIGIN = "https://news.example"

_POSTS = 6
"""Of each theme: those that differ most are among them."""

_GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "NewsArticle", "headline": "A", "datePublished": "2025-12-03T10:00:00+01:00",
            "inLanguage": "en-GB", "author": [{"@type": "Person", "name": "Jane Doe"}, {"@id": "#b"}],
            "articleSection": ["Town"], "keywords": "harbour, fog", "dateModified": "2025-12-04", "commentCount": 3,
            "image": {"@type": "ImageObject", "url": "https://news.example/a.jpg", "width": "640"},
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://news.example/2025/12/03/a-post/"},
            "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"},
            "publisher": {"@type": "Organization", "name": "The News", "logo": {"@id": "#logo"}},
        },
        {"@type": ["Person", "Author"], "@id": "#b", "name": "John Roe", "url": "https://news.example/author/john/"},
        {"@type": "WebSite", "@id": "#site", "name": "The News", "url": "https://news.example/"},
    ],
}  # fmt: skip

_HEAD = """<script type="application/ld+json">{graph}</script>
<meta property="article:published_time" content="2025-12-03T10:00:00+01:00"><meta name="author" content="Jane Doe">
<meta name="robots" content="noai"></head>"""
"""What SEO plugins print in the head."""


@cache
def page_seeds() -> list[bytes]:
    """Posts and lists."""
    return [page for theme in THEMES for page in _pages_of(demo_site(), theme)]


def _pages_of(site: DemoSite, theme: str) -> Iterator[bytes]:
    served = Served(site, THEMES[theme], ORIGIN)
    posts = site.published()
    paths = [post_path(site, post) for post in posts[:: max(1, len(posts) // _POSTS)]]
    for path in [*paths, "/", "/category/town/", "/nowhere/"]:
        body = served.answer(path)[2]
        yield body
        yield with_graph(body, json.dumps(_GRAPH).encode())


def with_graph(page: bytes, graph: bytes) -> bytes:
    """A page with structured data in its head."""
    return page.replace(b"</head>", _HEAD.encode().replace(b"{graph}", graph), 1)


def graph_seeds() -> list[bytes]:
    """Structured data."""
    return [json.dumps(_GRAPH).encode(), json.dumps(_GRAPH["@graph"]).encode()]


def feed_seeds() -> list[bytes]:
    """RSS and Atom."""
    served = Served(demo_site(), THEMES["classic"], ORIGIN)
    return [served.answer("/feed/")[2], rss(item(), item(None)), rss(), atom(), atom(kind="xhtml")]


def sitemap_seeds() -> list[bytes]:
    """Indexes and sets of URLs."""
    head, space = b'<?xml version="1.0" encoding="UTF-8"?>', b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    urls = b"".join(
        b"<url><loc>https://news.example/2025/12/%02d/post-%d/</loc><lastmod>2025-12-%02dT10:00:00+00:00</lastmod></url>"
        % (day, day, day)
        for day in range(1, 29)
    )
    maps = b"<sitemap><loc>https://news.example/post-sitemap1.xml</loc><lastmod>2025-12-03</lastmod></sitemap>" * 3
    return [
        head + b"<urlset " + space + b">" + urls + b"</urlset>",
        head + b"<sitemapindex " + space + b">" + maps + b"</sitemapindex>",
        b"<urlset><url><loc> /relative/ </loc></url></urlset>",
    ]


def rest_seeds() -> list[bytes]:
    """Lists of posts, types and errors; and the answer of WordPress.com."""
    site = RestSite({"post": {1: 1, 2: 2, 3: 3}}, {"post": "posts"}, origin=f"{ORIGIN}/")
    items = [site.item("post", wp_id) for wp_id in site.posts["post"]]
    items[0]["yoast_head"] = _HEAD.replace("{graph}", json.dumps(_GRAPH))
    items[1]["_embedded"]["wp:term"] = [[{"id": 4, "name": "Town", "taxonomy": "category", "link": f"{ORIGIN}/c/"}]]
    items[1] |= {"categories": [4], "tags": [], "featured_media": 9, "excerpt": {"rendered": "<p>Short</p>"}}
    items[1]["_embedded"]["wp:featuredmedia"] = [
        {"source_url": f"{ORIGIN}/a.jpg", "alt_text": "A", "media_details": {"width": 9}}
    ]
    hosted = {
        "ID": 7,
        "URL": f"{ORIGIN}/a/",
        "type": "post",
        "status": "publish",
        "title": "A",
        "content": "<p>Text</p>",
    }
    hosted |= {
        "date": "2025-12-03T10:00:00+01:00",
        "author": {"name": "Jane"},
        "categories": {"Town": {"name": "Town"}},
    }
    answers = [
        items,
        items[1],
        {"post": {"slug": "post", "rest_base": "posts", "rest_namespace": "wp/v2"}},
        {"code": "rest_forbidden", "message": "no", "data": {"status": 401, "params": {"per_page": "x"}}},
        {"found": 2, "posts": [hosted, hosted], "meta": {"next_page": "value=1&id=2"}},
    ]
    return [json.dumps(answer).encode() for answer in answers]


def date_seeds() -> list[bytes]:
    """Dates for machines and people."""
    return _lines(_DATES)


def url_seeds() -> list[bytes]:
    """Addresses and references to them."""
    return _lines(_URLS)


def _lines(text: str) -> list[bytes]:
    return [line.encode() for line in text.strip().splitlines()]


_DATES = """
2025-12-03T10:00:00+01:00
2025-12-03
2025-12-03 10:00:00
Wed, 03 Dec 2025 10:00:00 +0100
1764756000
3. Dezember 2025
December 3, 2025 at 10:00 am
3 décembre 2025, 18h05
03.12.2025
12/03/2025
3 грудня 2025
2025年12月3日
令和7年12月3日
٣ ديسمبر ٢٠٢٥
۱۲ آذر ۱۴۰۴
3 ธันวาคม 2568
2025. gada 3. decembris
3 tháng 12, 2025
2 days ago
vor 3 Stunden
Published on 3rd of December, 2025 by Jane Doe
"""

_URLS = """
https://news.example/2025/12/03/a-post/?utm_source=x&p=1#more
http://WWW.News.Example:80/A/../b/./c//d?b=1&a=2
https://bücher.example/straße/%C3%BC%2Fx
//news.example/x
/x?y=1&amp;z=2
../x
?p=12
mailto:a@b.example
https://user:pass@news.example:8443/
http://[2001:db8::1]/x
http://127.0.0.1:8080/blog/
javascript:alert(1)
https://news.example/?replytocom=5&share=x&amp=1
https://news.example/x%
https://news.example/\u202e/x
"""
