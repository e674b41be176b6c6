"""The featured image of a post, as the theme shows it or the page declares it, and its place among the pictures."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from crawler.items import Image
from crawler.reading.body import body_container
from crawler.reading.boxnames import class_of, is_caption_name, is_hard_noise_name, names_of
from crawler.reading.canonical import article_url
from crawler.reading.head import base_url, meta
from crawler.reading.markup import having_class
from crawler.reading.page import Page, elements
from crawler.reading.pictures import Picture, dimension, picture, upload_name
from crawler.reading.place import around_body, head_parts, in_body, post_path
from crawler.reading.structured import article_node, resolve, text_of, values
from crawler.reading.text import element_text
from crawler.reading.urlparts import same_url, url_parts
from crawler.urls import absolute_url

_BOXES = (
    "post-thumbnail", "wp-block-post-featured-image", "entry-thumbnail", "featured-image", "post-featured-image",
    "entry-featured-image", "elementor-widget-theme-post-featured-image", "td-post-featured-image",
)  # fmt: skip
"""What the default themes, the block editor and page builders call the box of ``the_post_thumbnail()``."""
_CAPTION_LEVELS = 3
_NO_STORY = re.compile(r"author|avatar|logo|brand|icon|share|social|profile|sponsor|promo")
"""Words of the names around pictures beside a headline that are none of the story."""
_OF_SITE = re.compile(
    r"(?:^|[./\s]|(?<!entry)(?<!post)(?<!article)(?<!single)(?<!story)(?<!content)[-_])"
    r"(?:ads?|advert\w*|sponsor\w*|banners?|promos?|leaderboard|header)(?![^\W\d_])"
)
"""And of their addresses; an ``entry-header`` is the post's."""
_MOST = 20
"""Pictures beside it that are looked at."""
_MIN_WIDTH, _MIN_HEIGHT = 300, 150
"""Pixels of a picture that no name calls the post's."""
_MOST_WIDE = 3
"""Times its height, from which one is a banner."""


def featured_image(page: Page) -> Image | None:
    """The post's own picture: the one its theme shows above the body, else the one that the page declares.

    Page builders have no name for it: where nothing is declared, it is the first large one around the headline.
    """
    shown, declared = _shown(page), list(_declared(page))
    shown = shown or (None if declared else _beside_headline(page))
    named = [shown] if shown else declared[:1]
    same = [image for image in declared if named and upload_name(image.url) == upload_name(named[0].url)]
    return _one_of([*named, *same]) if named else None


def with_featured_first(featured: Image | None, images: list[Image]) -> list[Image]:
    """The body's pictures with the featured one first, not twice: of two sizes the one that tells more is kept."""
    if featured is None:
        return images
    same = [image for image in images if upload_name(image.url) == upload_name(featured.url)]
    best = max([*same, featured], key=lambda image: (image.caption is not None, bool(image.alt)))
    return [_one_of([best, *same, featured]), *(image for image in images if image not in same)]


def _one_of(same: list[Image]) -> Image:
    """One upload described several times: what the first leaves open is told by the others, its size by its own URL."""
    first = same[0]
    sized = next((image for image in same if image.url == first.url and image.width), first)
    return Image(
        url=first.url,
        alt=first.alt or next((image.alt for image in same if image.alt), first.alt),
        caption=next((image.caption for image in same if image.caption), None),
        width=sized.width,
        height=sized.height,
    )


def _shown(page: Page) -> Image | None:
    """What ``the_post_thumbnail()`` prints with the post, outside its body and not for another post."""
    own = [img for img in having_class(page, "wp-post-image") if img.tag == "img"]
    boxed = (img for box in having_class(page, *_BOXES) for img in ([box] if box.tag == "img" else box.iter("img")))
    for img in around_body(page, dict.fromkeys([*own, *boxed])):
        shown = picture(img, base_url(page))
        if shown and _is_before_body(page, img) and not _is_of_another(page, img):
            return _described(img, shown)
    return None


def _beside_headline(page: Page) -> Image | None:
    """The first large picture of the head of the post that is of the story."""
    for img in islice((img for part in head_parts(page) for img in part.iter("img")), _MOST):
        shown = picture(img, base_url(page))
        if shown is None or not _is_large(shown) or _is_named_otherwise(img, shown):
            continue
        if _is_before_body(page, img) and not _is_of_another(page, img):
            return _described(img, shown)
    return None


def _is_large(shown: Picture) -> bool:
    """By its size, else as an upload: what themes and plugins show has an address of theirs."""
    width, height = shown.width, shown.height
    if height and (height < _MIN_HEIGHT or (width or 0) >= _MOST_WIDE * height):
        return False
    return width >= _MIN_WIDTH if width else "/uploads/" in shown.url


def _is_named_otherwise(img: HtmlElement, shown: Picture) -> bool:
    """The address without its host: sites have such words in their names."""
    around = " ".join(map(names_of, (img, *islice(img.iterancestors(), _CAPTION_LEVELS)))).lower()
    return bool(_NO_STORY.search(around) or _OF_SITE.search(f"{around} {url_parts(shown.url).path.lower()}"))


def _described(img: HtmlElement, shown: Picture) -> Image:
    alt = " ".join((img.get("alt") or "").split()) or None
    return Image(url=shown.url, alt=alt, caption=_caption(img), width=shown.width, height=shown.height)


def _is_before_body(page: Page, img: HtmlElement) -> bool:
    """Whether it stands above the body's text: what is below belongs to other posts as a rule."""
    body = body_container(page)
    return in_body(page, img) or next((e for e in elements(page) if e is img or e is body), None) is img


def _is_of_another(page: Page, img: HtmlElement) -> bool:
    """Whether it leads to another post, or stands in a box that is none of the post's."""
    for above in img.iterancestors():
        if above.tag in ("main", "article", "body") or above in post_path(page):
            return False
        if is_hard_noise_name(names_of(above)):
            return True
        href = absolute_url(base_url(page), above.get("href")) if above.tag == "a" else None
        if href and "/wp-content/" not in href and not same_url(href, article_url(page).value):
            return upload_name(href) != upload_name(img.get("src") or "")
    return False


def _caption(img: HtmlElement) -> str | None:
    """The caption in the picture's own box, which holds no other picture and no headline."""
    for above in list(img.iterancestors())[:_CAPTION_LEVELS]:
        if sum(1 for _ in above.iter("img", "h1")) > 1 or above.tag in ("main", "article", "body"):
            return None
        for part in above.iter("figcaption", "p", "div", "span"):
            if part.tag == "figcaption" or is_caption_name(class_of(part)):
                return element_text(part) or None
    return None


def _declared(page: Page) -> Iterator[Image]:
    """The pictures that meta tags and structured data give to the post, each as they describe it."""
    graph = absolute_url(base_url(page), meta(page, "og:image", "og:image:url"))
    if graph:
        width, height = (dimension(meta(page, f"og:image:{side}")) for side in ("width", "height"))
        yield Image(url=graph, alt=meta(page, "og:image:alt"), width=width, height=height)
    if card := absolute_url(base_url(page), meta(page, "twitter:image", "twitter:image:src")):
        yield Image(url=card, alt=meta(page, "twitter:image:alt"))
    for value in values(page, article_node(page) or {}, "image"):
        if image := _object(page, resolve(page, value)):
            yield image


def _object(page: Page, value: Any) -> Image | None:
    """An ``ImageObject`` of schema.org, or the URL of one."""
    node = value if isinstance(value, dict) else {"url": value}
    named = node.get("url") or node.get("contentUrl")
    url = absolute_url(base_url(page), named) if isinstance(named, str) else None
    if not url:
        return None
    width, height = (_pixels(node.get(side)) for side in ("width", "height"))
    return Image(url=url, caption=text_of(node.get("caption")), width=width, height=height)


def _pixels(value: Any) -> int | None:
    """A number, a text of one, or a ``QuantitativeValue``."""
    value = value.get("value") if isinstance(value, dict) else value
    return dimension(str(value)) if isinstance(value, int | float | str) else None
