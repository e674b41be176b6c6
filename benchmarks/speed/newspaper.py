"""A WordPress site of any size as files that nginx serves: pages as large as those of news sites, and its REST API."""

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.speed.prose import paragraphs_of, title_of
from benchmarks.speed.theme import footer, furniture, sidebar, styles

_FIRST = datetime(2015, 1, 1, tzinfo=UTC)
_APART = timedelta(minutes=30)
_OVERLAP = timedelta(minutes=65)
"""``routes.restcursor.OVERLAP``: how far back a second crawl asks."""
_PER_PAGE = 100
_IN_A_SITEMAP = 2000
_SECOND = timedelta(seconds=1)
_SECTIONS = ("Politics", "Business", "World", "Culture", "Science", "Sports", "Opinion", "Local")
_REST = "rest"


@dataclass(frozen=True, slots=True)
class Newspaper:
    """Posts 1 … ``posts`` at ``origin``, which ends with a slash; the same every time."""

    posts: int
    origin: str

    def write(self, folder: Path) -> None:
        """All files of the site, compressed as ``gzip_static`` serves them; ``map.conf`` has the total of each list."""
        for n in range(1, self.posts + 1):
            _put(folder / "pages" / f"post-{n}.html", self.page(n))
        _put(folder / "pages" / "home.html", self._home())
        for name, xml in self._sitemaps():
            _put(folder / name, xml)
        lists = dict(self._lists())
        for name, (_, posts) in lists.items():
            _put(folder / _REST / f"{name}.json", json.dumps([self.item(n) for n in posts]))
        totals = "".join(f'"{name}" {total};\n' for name, (total, _) in lists.items())
        (folder / "map.conf").write_text(f'map "$list" $total {{\ndefault 0;\n{totals}}}\n')

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.origin).netloc

    def url(self, n: int) -> str:
        """The address of a post."""
        return f"{self.origin}post-{n}/"

    def item(self, n: int) -> dict[str, Any]:
        """A post as the REST API gives it with ``_embed``."""
        moment, section, author = _written(_moment(n)), n % len(_SECTIONS), n % 12 + 1
        return {
            "id": n,
            "type": "post",
            "status": "publish",
            "link": self.url(n),
            "date_gmt": moment,
            "modified": moment,
            "modified_gmt": moment,
            "title": {"rendered": title_of(n)},
            "content": {"rendered": self._content(n), "protected": False},
            "excerpt": {"rendered": f"<p>{paragraphs_of(n)[0]}</p>\n"},
            "author": author,
            "featured_media": 0,
            "categories": [section + 1],
            "tags": [],
            "_embedded": {
                "author": [{"id": author, "name": f"Jane Doe {author}", "slug": f"jane-{author}"}],
                "wp:term": [[{"id": section + 1, "name": _SECTIONS[section], "taxonomy": "category"}], []],
            },
        }

    def page(self, n: int) -> str:
        """The page of a post."""
        section = _SECTIONS[n % len(_SECTIONS)]
        moment = _moment(n).isoformat()
        return (
            f"{self._head(title_of(n), n)}"
            f'<body class="post-template-default single single-post postid-{n} '
            f'single-format-standard wp-embed-responsive">'
            f'{furniture(self.origin)}<main id="primary" class="site-main"><article id="post-{n}" '
            f'class="post-{n} post type-post status-publish format-standard hentry category-{section.lower()}">'
            f'<header class="entry-header"><h1 class="entry-title">{title_of(n)}</h1><div class="entry-meta">'
            f'<time class="entry-date published" datetime="{moment}">{moment[:10]}</time> <span class="byline">by '
            f'<span class="author vcard"><a class="url fn n" href="{self.origin}author/jane-{n % 12 + 1}/">Jane Doe '
            f"{n % 12 + 1}</a></span></span></div></header>"
            f'<div class="entry-content">{self._content(n)}</div><footer class="entry-footer"><span class="cat-links">'
            f'<a href="{self.origin}category/{section.lower()}/" rel="category tag">{section}</a></span></footer>'
            f"</article>{self._neighbours(n)}{self._related(n)}</main>{sidebar(self.origin)}{footer(self.origin)}"
        )

    def _content(self, n: int) -> str:
        images = self.origin + "wp-content/uploads/2020/01"
        parts = [f"<p>{paragraph}</p>" for paragraph in paragraphs_of(n)]
        parts.insert(
            2,
            f'<figure class="wp-block-image size-large"><img loading="lazy" width="1024" height="683" alt="A picture" '
            f'src="{images}/{n}-1024x683.jpg" srcset="{images}/{n}-1024x683.jpg 1024w, {images}/{n}-300x200.jpg 300w, '
            f'{images}/{n}-768x512.jpg 768w"><figcaption>What is seen here.</figcaption></figure>',
        )
        parts.insert(5, f'<h2>{title_of(n + 7)}</h2><p>See <a href="{self.url(max(1, n - 9))}">what was said</a>.</p>')
        return "\n".join(parts)

    def _head(self, title: str, n: int | None) -> str:
        url = self.url(n) if n else self.origin
        post = "" if n is None else _structured(self, n, title)
        return (
            '<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>{title} - The Paper</title><link rel="canonical" href="{url}">'
            f'<link rel="https://api.w.org/" href="{self.origin}wp-json/">'
            f'<meta name="generator" content="WordPress 6.9"><meta property="og:site_name" content="The Paper">'
            f'<meta property="og:title" content="{title}"><meta property="og:url" content="{url}">'
            f"{post}{styles()}</head>"
        )

    def _neighbours(self, n: int) -> str:
        links = [
            f'<div class="nav-{rel}ious"><a href="{self.url(other)}" rel="{rel}">{title_of(other)}</a></div>'
            for other, rel in ((n - 1, "prev"), (n + 1, "next"))
            if 0 < other <= self.posts
        ]
        return f'<nav class="navigation post-navigation"><div class="nav-links">{"".join(links)}</div></nav>'

    def _related(self, n: int) -> str:
        others = ((n * 31 + 97 * turn) % self.posts + 1 for turn in range(8))
        cards = "".join(
            f'<article class="card post type-post"><a href="{self.url(other)}"><img alt="" '
            f'src="{self.origin}wp-content/uploads/{other}-300x200.jpg"></a><h3 class="card-title">'
            f'<a href="{self.url(other)}">{title_of(other)}</a></h3><p class="card-excerpt">{title_of(other + 1)}</p>'
            "</article>"
            for other in others
        )
        return f'<section class="related-posts"><h2>Related posts</h2>{cards}</section>'

    def _home(self) -> str:
        newest = range(self.posts, max(0, self.posts - 10), -1)
        listed = "".join(
            f'<article class="post hentry"><h2 class="entry-title"><a href="{self.url(n)}">{title_of(n)}</a></h2>'
            "</article>"
            for n in newest
        )
        return (
            f'{self._head("The Paper", None)}<body class="home blog">{furniture(self.origin)}<main>{listed}</main>'
            f"{sidebar(self.origin)}{footer(self.origin)}"
        )

    def _sitemaps(self) -> list[tuple[str, str]]:
        firsts = range(1, self.posts + 1, _IN_A_SITEMAP)
        names = [f"wp-sitemap-posts-post-{place}.xml" for place in range(1, len(firsts) + 1)]
        index = "".join(f"<sitemap><loc>{self.origin}{name}</loc></sitemap>" for name in names)
        files = [("wp-sitemap.xml", _xml("sitemapindex", index))]
        for name, first in zip(names, firsts, strict=True):
            numbers = range(first, min(first + _IN_A_SITEMAP, self.posts + 1))
            urls = (f"<url><loc>{self.url(n)}</loc><lastmod>{_moment(n).isoformat()}</lastmod></url>" for n in numbers)
            files.append((name, _xml("urlset", "".join(urls))))
        return files

    def _lists(self) -> list[tuple[str, tuple[int, range]]]:
        """What a crawl asks the REST API for: the walk in order of modification, and what is new after it."""
        last = self.posts
        since = f"{_written(_moment(last) - _OVERLAP)}Z"
        lists = [
            (f"modified,asc,{since}", (3, range(max(1, last - 2), last + 1))),
            ("modified,asc,", (last, _page_at(1, last))),
        ]
        first = _PER_PAGE
        while first < last:
            after = _written(_moment(first) - _SECOND)
            lists.append((f"modified,asc,{after}", (last - first + 1, _page_at(first, last))))
            first += _PER_PAGE - 1
        return lists


def _page_at(first: int, last: int) -> range:
    return range(first, min(first + _PER_PAGE, last + 1))


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(text.encode(), 1, mtime=0))


def _moment(n: int) -> datetime:
    return _FIRST + n * _APART


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _xml(root: str, content: str) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{content}</{root}>"


def _structured(paper: Newspaper, n: int, title: str) -> str:
    moment = _moment(n).isoformat()
    told = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": moment,
                "dateModified": moment,
                "author": {"@type": "Person", "name": f"Jane Doe {n % 12 + 1}"},
                "mainEntityOfPage": {"@id": paper.url(n)},
                "articleSection": [_SECTIONS[n % len(_SECTIONS)]],
                "inLanguage": "en-US",
            },
            {"@type": "WebSite", "url": paper.origin, "name": "The Paper"},
        ],
    }
    return (
        f'<link rel="shortlink" href="{paper.origin}?p={n}">'
        f'<meta property="article:published_time" content="{moment}"><meta property="og:type" content="article">'
        f'<script type="application/ld+json" class="yoast-schema-graph">{json.dumps(told)}</script>'
    )
