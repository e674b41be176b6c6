"""The head of a page: wp_head(), and what a search engine plugin adds where the site has one."""

import json
from collections.abc import Iterable, Iterator
from typing import Literal

from demo.core.context import Context, attribute, text
from demo.model import Post
from demo.paths import paged_path
from demo.views import Archive, Single

Signal = Literal["canonical", "shortlink", "rest", "generator", "opengraph", "jsonld"]


def head(context: Context, theme: str, signals: Iterable[Signal]) -> str:
    """The ``head`` element with the chosen signals."""
    lines = [
        '<meta charset="UTF-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{document_title(context)}</title>",
        f'<link rel="alternate" type="application/rss+xml" title="Feed" href="{context.home}feed/">',
        f'<link rel="stylesheet" href="{context.home}wp-content/themes/{theme}/style.css?ver=7.1">',
        f'<script src="{context.home}wp-includes/js/dist/hooks.min.js?ver=7.1"></script>',
        *(line for signal in signals for line in _signal(context, signal)),
    ]
    return "<head>\n" + "\n".join(lines) + "\n</head>"


def document_title(context: Context) -> str:
    """wp_get_document_title()."""
    view, site = context.view, text(context.site.name)
    if isinstance(view, Single):
        return f"{shown_title(view.post)} &#8211; {site}"
    if isinstance(view, Archive):
        page = f" &#8211; Page {view.page}" if view.page > 1 else ""
        return f"{site}{page}" if view.kind == "home" else f"{text(view.title)}{page} &#8211; {site}"
    return f"Page not found &#8211; {site}"


def shown_title(post: Post) -> str:
    """the_title(), with the prefix of a password-protected post."""
    return ("Protected: " if post.password else "") + text(post.title)


def _signal(context: Context, signal: Signal) -> Iterator[str]:
    view = context.view
    if signal == "generator":
        yield '<meta name="generator" content="WordPress 7.1">'
    elif signal == "rest":
        yield f'<link rel="https://api.w.org/" href="{attribute(context.rest())}">'
        if isinstance(view, Single):
            kind = {"post": "posts", "page": "pages", "attachment": "media"}[view.post.type]
            route = attribute(context.rest(f"wp/v2/{kind}/{view.post.id}"))
            yield f'<link rel="alternate" title="JSON" type="application/json" href="{route}">'
    elif signal == "canonical":
        yield from _canonical(context)
    elif isinstance(view, Single):
        yield from _single_signal(context, view.post, signal)


def _canonical(context: Context) -> Iterator[str]:
    """rel_canonical() is for singular pages; on a comment page it names that page."""
    view = context.view
    if isinstance(view, Single):
        base = context.permalink(view.post, view.page)
        url = f"{base}comment-page-{view.comment_page}/" if view.comment_page else base
        yield f'<link rel="canonical" href="{attribute(url)}">'
    elif isinstance(view, Archive) and view.kind == "home":
        yield f'<link rel="canonical" href="{attribute(context.url(paged_path(context.site, view.path, view.page)))}">'


def _single_signal(context: Context, post: Post, signal: Signal) -> Iterator[str]:
    if signal == "shortlink":
        variable = "p" if post.type == "post" else "page_id"
        yield f'<link rel="shortlink" href="{context.home}?{variable}={post.id}">'
    elif signal == "opengraph":
        yield from _open_graph(context, post)
    elif signal == "jsonld":
        yield f'<script type="application/ld+json">{json.dumps(_graph(context, post))}</script>'


def _open_graph(context: Context, post: Post) -> Iterator[str]:
    properties = {
        "og:locale": post.language.replace("-", "_"),
        "og:type": "article" if post.type == "post" else "website",
        "og:title": f"{post.title} - {context.site.name}",
        "og:url": context.permalink(post),
        "og:site_name": context.site.name,
    }
    if post.type == "post":
        properties["article:published_time"] = post.date.isoformat()
        properties["article:modified_time"] = post.modified.isoformat()
    for name, value in properties.items():
        yield f'<meta property="{name}" content="{attribute(value)}">'


def _graph(context: Context, post: Post) -> dict[str, object]:
    """A JSON-LD graph in which the author is named by reference, as search engine plugins write it."""
    url, home = context.permalink(post), context.home
    person, site = f"{home}#/schema/person/{post.author}", f"{home}#website"
    article = {
        "@type": "Article" if post.type == "post" else "WebPage",
        "@id": f"{url}#article",
        "isPartOf": {"@id": site},
        "headline": post.title,
        "datePublished": post.date.isoformat(),
        "dateModified": post.modified.isoformat(),
        "author": {"name": context.site.users[post.author].name, "@id": person},
        "articleSection": [context.site.categories[slug].name for slug in post.categories],
        "keywords": [context.site.tags[slug].name for slug in post.tags],
        "inLanguage": post.language,
    }
    people = {"@type": "Person", "@id": person, "name": context.site.users[post.author].name}
    return {
        "@context": "https://schema.org",
        "@graph": [
            article,
            people,
            {"@type": "WebSite", "@id": site, "url": home, "name": context.site.name},
        ],
    }
