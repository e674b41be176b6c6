"""A WordPress whose theme is an application in JavaScript: every page is the same shell; its scripts fetch the rest."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.hostile.server import Page, serve_answers

PER_PAGE = 5

_TEXT = "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary."
_SECOND = "The harbour master said that all who were on board had been told of the weather before the ferry of line"

SHELL = b"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>The Ferry Gazette</title>
<meta name="generator" content="WordPress 7.1">
<link rel="stylesheet" href="/wp-content/themes/front/style.css"><link rel="icon" href="/favicon.ico">
<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>
</head><body><noscript>You need to enable JavaScript to run this app.</noscript>
<div id="root"></div><script src="/wp-content/themes/front/app.js"></script></body></html>"""

APP = r"""
const root = document.getElementById('root');
const get = async (path, method) => (await fetch('/api/front/' + path, {method: method || 'GET'})).json();
const make = (html, to) => to.insertAdjacentHTML('beforeend', html);
const card = p => `<article class="post hentry type-post">
  <h2 class="entry-title"><a href="${p.path}">${p.title}</a></h2><p>${p.excerpt}</p></article>`;
async function list(name, title) {
  let shown = 0;
  document.body.className = name === 'all' ? 'home blog' : 'archive category';
  make(`<h1 class="page-title">${title}</h1><main></main><button class="more">Load more</button>`, root);
  const button = root.querySelector('button'), main = root.querySelector('main');
  const more = async () => {
    const got = await get(`list?of=${name}&offset=${shown}`, shown ? 'POST' : 'GET');
    got.posts.forEach(p => make(card(p), main));
    shown += got.posts.length;
    if (shown >= got.total) button.remove();
  };
  button.addEventListener('click', more);
  await more();
}
async function post(slug) {
  const p = await get('post?slug=' + slug);
  document.title = p.title;
  document.body.className = `single single-post postid-${p.id}`;
  make(`<article class="post hentry type-post" id="post-${p.id}"><header class="entry-header">
    <h1 class="entry-title">${p.title}</h1>
    <span class="byline"><a rel="author" href="/author/jane/">${p.author}</a></span>
    <time class="entry-date published" datetime="${p.date}">${p.date}</time></header>
    <div class="entry-content">${p.html}<img src="/wp-content/uploads/${p.id}.jpg" alt="A ferry"></div>
    </article>`, root);
}
(async () => {
  make(`<nav><a href="/">Home</a> <a href="/category/town/">Town</a>
    <a href="/category/valley/">Valley</a></nav>`, root);
  const parts = location.pathname.split('/').filter(x => x);
  if (!parts.length) await list('all', 'Latest');
  else if (parts[0] === 'category' || parts[0] === 'author') await list(parts[1], parts[1]);
  else await post(parts[parts.length - 1]);
})();
"""


_CARD = """<article class="post hentry type-post"><h2 class="entry-title"><a href="{path}">{title}</a></h2>
<p>{excerpt}</p></article>"""
_ARTICLE = """<article class="post hentry type-post" id="post-{id}"><h1 class="entry-title">{title}</h1>
<span class="byline"><a rel="author" href="/author/jane/">{author}</a></span>
<time class="entry-date published" datetime="{date}">{date}</time>
<div class="entry-content">{html}<img src="/wp-content/uploads/{id}.jpg" alt="A ferry"></div></article>"""


@dataclass
class Front:
    """``posts`` of them, of which every other one is in the category Town."""

    posts: int = 12
    is_plain: bool = False
    """Whether the server makes the pages itself, with all posts on each list: what plain HTTP costs beside."""
    pages: dict[str, Page] = field(default_factory=dict)
    """Whatever else there is, by path with query."""
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def slug(self, number: int) -> str:
        """Of the post with a number."""
        return f"ferry-{number}"

    def answer(self, target: str) -> Page | None:
        """What the site says to a path with its query."""
        self.asked.append(target)
        parts = urlsplit(target)
        if target in self.pages:
            return self.pages[target]
        if parts.path.startswith("/api/front/"):
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            return _json(self._list(query) if parts.path.endswith("/list") else self._post(query["slug"]))
        if parts.path.endswith("/app.js"):
            return Page(APP.encode(), headers={"Content-Type": "text/javascript"})
        first = parts.path.split("/")[1]
        if first in ("wp-json", "feed", "robots.txt", "wp-sitemap.xml", "sitemap.xml", "favicon.ico"):
            return None
        if "." in parts.path or parts.query:
            return None
        return self._plain(parts.path.strip("/").split("/")) if self.is_plain else Page(SHELL)

    def _plain(self, parts: list[str]) -> Page:
        head = '<html lang="en-GB"><head><meta name="generator" content="WordPress 7.1"></head>'
        menu = '<nav><a href="/category/town/">Town</a> <a href="/category/valley/">Valley</a></nav>'
        if parts[0] == "2025":
            post = self._post(parts[-1])
            head += f'<body class="single single-post postid-{post["id"]}">{menu}'
            return Page(f"{head}{_ARTICLE.format(**post)}".encode())
        name = parts[-1] or "all"
        head += (
            f'<body class="{"archive category" if parts[0] else "home blog"}">{menu}<h1 class="page-title">{name}</h1>'
        )
        cards = "".join(_CARD.format(**self._post(self.slug(number))) for number in self._numbers(name))
        return Page(f"{head}{cards}".encode())

    def _numbers(self, name: str) -> list[int]:
        return [n for n in range(self.posts, 0, -1) if name in ("all", "jane") or n % 2 == (name == "town")]

    def _list(self, query: dict[str, str]) -> dict[str, Any]:
        numbers = self._numbers(query["of"])
        offset = int(query["offset"])
        shown = [self._post(self.slug(number)) for number in numbers[offset : offset + PER_PAGE]]
        return {"total": len(numbers), "posts": shown}

    def _post(self, slug: str) -> dict[str, Any]:
        number = int(slug.rpartition("-")[2])
        return {
            "id": 100 + number,
            "path": f"/2025/{slug}/",
            "title": f"Ferry number {number}",
            "excerpt": "The ferry left.",
            "author": "Jane Doe",
            "date": f"2025-{11 - number // 28 % 11:02}-{number % 28 + 1:02}T06:00:00+00:00",
            "html": f"<p>{_TEXT} It was the ferry with the number {number}.</p><p>{_SECOND} {number}.</p>",
        }


@contextmanager
def serve_front(front: Front) -> Iterator[Front]:
    """Serve it for as long as the context lasts; its ``url`` is then known."""
    with serve_answers(front.answer) as url:
        front.url = url
        yield front


def _json(data: Any) -> Page:
    return Page(json.dumps(data).encode(), headers={"Content-Type": "application/json"})
