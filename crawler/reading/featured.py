"""The featured image of a post, and its place among the pictures of the body."""

import re
from typing import Any

from crawler.items import Image
from crawler.reading.head import base_url, meta
from crawler.reading.page import Page
from crawler.reading.structured import article_node, resolve, values
from crawler.reading.urlparts import url_parts
from crawler.urls import absolute_url

_SIZE = re.compile(r"-(?:\d+x\d+|scaled|rotated|e\d{10,})(?=\.\w+$)|(?<=\.)(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)


def featured_image(page: Page) -> Image | None:
    """The picture that the page declares as the post's own."""
    url = _declared(page)
    if not url:
        return None
    width, height = meta(page, "og:image:width"), meta(page, "og:image:height")
    if url != absolute_url(base_url(page), meta(page, "og:image")):
        width = height = None
    return Image(url=url, alt=meta(page, "og:image:alt"), width=_number(width), height=_number(height))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 100_000 else None


def _declared(page: Page) -> str | None:
    named: list[Any] = [meta(page, "og:image", "og:image:url", "twitter:image", "twitter:image:src")]
    named += [_url(resolve(page, value)) for value in values(page, article_node(page) or {}, "image")]
    return next((url for name in named if isinstance(name, str) and (url := absolute_url(base_url(page), name))), None)


def _url(value: Any) -> Any:
    return value.get("url") or value.get("contentUrl") if isinstance(value, dict) else value


def _stem(url: str) -> str:
    """What the sizes of one upload share (``photo-1024x683.jpg``, ``photo-scaled.jpg``); the host may be a CDN's."""
    return _SIZE.sub("", url_parts(url).path.rpartition("/")[2]).rstrip(".").lower()


def with_featured_first(featured: Image | None, images: list[Image]) -> list[Image]:
    """The body's pictures with the featured one first, not twice: of two sizes of one picture the body's is kept."""
    if featured is None:
        return images
    same = [image for image in images if _stem(image.url) == _stem(featured.url)]
    return [*(same[:1] or [featured]), *(image for image in images if image not in same)]
