"""A generated site of any size on loopback: the same every time, cheap to serve, and edited when it is told to."""

import json
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.hostile.server import Page, serve_answers

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_APART = timedelta(minutes=30)
_PARTS = ("ka", "lo", "mi", "ren", "tu", "sab", "vor", "pel", "ni", "das", "geo", "hul", "fim", "bra", "ost", "kue")
_WORDS = ["".join(parts) for parts in product(_PARTS, repeat=3)]
"""So many that no two posts have a run of words in common."""
_IN_A_FILE = 2000
"""Posts in one sitemap: WordPress's own number (``wp_sitemaps_max_urls``)."""
_MOST = 100


@dataclass
class Newsroom:
    """Posts 1 … ``posts``, by REST, or with ``has_rest`` off by sitemaps and pages."""

    posts: int
    has_rest: bool = True
    words: int = 120
    origin: str = ""
    answered: int = 0
    """Requests so far."""
    edits: dict[int, int] = field(default_factory=dict)
    """Post -> how often it was edited."""
    _order: list[tuple[datetime, int]] = field(init=False)
    """Every post by the time of its modification."""

    def __post_init__(self) -> None:
        self._order = [(_FIRST + n * _APART, n) for n in range(1, self.posts + 1)]
        self._modified = {n: moment for moment, n in self._order}

    def edit(self, chosen: list[int]) -> None:
        """Give these posts another text, one second after the other, later than everything else."""
        last = self._order[-1][0]
        for place, n in enumerate(chosen, 1):
            self.edits[n] = self.edits.get(n, 0) + 1
            self._modified[n] = last + place * timedelta(seconds=1)
        self._order = sorted((moment, n) for n, moment in self._modified.items())

    def text(self, n: int) -> str:
        """What a post says now."""
        chance = Random(n)  # noqa: S311 - the same every time
        return " ".join([f"Edition {self.edits.get(n, 0)} of post {n}.", *chance.choices(_WORDS, k=self.words)])

    def answer(self, target: str) -> Page | None:
        """What the site says to a path with its query."""
        self.answered += 1
        path = urlsplit(target).path
        if path.startswith("/wp-json/wp/v2/posts"):
            return self._rest(dict(parse_qsl(urlsplit(target).query))) if self.has_rest else None
        if path.endswith(".xml"):
            return self._sitemap(path)
        if path == "/":
            return Page(f"{_HEAD}<body class='home blog'><p>Welcome.</p></body></html>".encode())
        name, _, number = path.strip("/").rpartition("-")
        return (
            self._page(int(number)) if name == "post" and number.isdigit() and 0 < int(number) <= self.posts else None
        )

    def _rest(self, query: dict[str, str]) -> Page:
        after = query.get("modified_after")
        start = bisect_right(self._order, (_moment(after), self.posts + 1)) if after else 0
        listed = self._order[start:]
        if "include" in query:
            listed = [(self._modified[int(n)], int(n)) for n in query["include"].split(",")]
        elif query["orderby"] == "id":
            listed = sorted(listed, key=lambda one: one[1])
        elif query["orderby"] == "date":
            listed = []  # nothing was scheduled
        offset = int(query.get("offset", 0))
        shown = [self._item(n, moment) for moment, n in listed[offset : offset + int(query["per_page"])]]
        headers = {"Content-Type": "application/json", "X-WP-Total": str(len(listed))}
        return Page(json.dumps(shown).encode(), headers=headers)

    def _item(self, n: int, modified: datetime) -> dict[str, Any]:
        return {
            "id": n,
            "type": "post",
            "status": "publish",
            "link": f"{self.origin}post-{n}/",
            "date_gmt": _written(_FIRST + n * _APART),
            "modified": _written(modified),
            "modified_gmt": _written(modified),
            "title": {"rendered": f"Post {n}"},
            "content": {"rendered": f"<p>{self.text(n)}</p>", "protected": False},
            "excerpt": {"rendered": ""},
            "author": 1,
            "_embedded": {"author": [{"name": "Jane Doe"}], "wp:term": []},
        }

    def _sitemap(self, path: str) -> Page | None:
        files = -(-self.posts // _IN_A_FILE)
        if path == "/wp-sitemap.xml":
            urls = (f"{self.origin}wp-sitemap-posts-post-{n}.xml" for n in range(1, files + 1))
            return _xml("sitemapindex", "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls))
        number = path.removeprefix("/wp-sitemap-posts-post-").removesuffix(".xml")
        if not number.isdigit() or not 0 < int(number) <= files:
            return None
        first = (int(number) - 1) * _IN_A_FILE + 1
        return _xml("urlset", "".join(map(self._url, range(first, min(first + _IN_A_FILE, self.posts + 1)))))

    def _url(self, n: int) -> str:
        return f"<url><loc>{self.origin}post-{n}/</loc><lastmod>{self._modified[n].isoformat()}</lastmod></url>"

    def _page(self, n: int) -> Page:
        beside = "".join(
            f'<a href="{self.origin}post-{other}/" rel="{rel}">{rel}</a>'
            for other, rel in ((n - 1, "prev"), (n + 1, "next"))
            if 0 < other <= self.posts
        )
        body = (
            f'{_HEAD}<body class="post-template-default single single-post postid-{n}"><article class="hentry">'
            f'<h1 class="entry-title">Post {n}</h1><time class="entry-date published" '
            f'datetime="{(_FIRST + n * _APART).isoformat()}">then</time>'
            f'<div class="entry-content"><p>{self.text(n)}</p></div></article>'
            f'<nav class="post-navigation">{beside}</nav></body></html>'
        )
        return Page(body.encode())


_HEAD = '<html lang="en"><head><meta name="generator" content="WordPress 7.1"></head>'


@contextmanager
def serve(site: Newsroom) -> Iterator[Newsroom]:
    """Serve it on 127.0.0.1 for as long as the context lasts."""
    with serve_answers(site.answer) as url:
        site.origin = url
        yield site


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _xml(root: str, content: str) -> Page:
    head = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return Page(f"{head}{content}</{root}>".encode(), headers={"Content-Type": "application/xml"})
