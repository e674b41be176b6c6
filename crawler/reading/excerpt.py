"""The excerpt of a post, where the site gives one."""

import html

from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import meta
from crawler.reading.markup import having_class, shown_text
from crawler.reading.page import Page
from crawler.reading.place import is_elsewhere
from crawler.reading.structured import article_node, text_of


def _block(page: Page) -> str | None:
    """The standfirst that a theme prints over the post (``the_excerpt``, the excerpt block)."""
    shown = (
        e
        for e in having_class(page, "wp-block-post-excerpt__excerpt", "entry-excerpt", "entry-subtitle", "post-excerpt")
        if not is_elsewhere(page, e)
    )
    return next((text for e in shown if (text := shown_text(e))), None)


def _meta(page: Page) -> str | None:
    text = meta(page, "og:description", "description", "twitter:description")
    return " ".join(html.unescape(text).split()) if text else None


_EXCERPT: tuple[Candidate[str], ...] = (
    ("shown excerpt", _block),
    ("JSON-LD description", lambda page: text_of((article_node(page) or {}).get("description"))),
    ("description meta tag", _meta),
)


def excerpt(page: Page) -> Found[str] | None:
    """The excerpt as plain text."""
    return first_found(page, _EXCERPT)
