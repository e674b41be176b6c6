"""The featured image, first and once."""

import pytest

from crawler.items import Image
from crawler.reading.featured import featured_image, with_featured_first
from tests.reading.build import article, page

_UPLOADS = "https://news.example/wp-content/uploads/"


def test_declared_by_open_graph_or_json_ld() -> None:
    head = f'<meta property="og:image" content="{_UPLOADS}a.jpg"><meta property="og:image:width" content="1200">'
    assert featured_image(page(head=head)) == Image(url=f"{_UPLOADS}a.jpg", width=1200)
    ld = f'<script type="application/ld+json">{{"@type":"Article","image":{{"url":"{_UPLOADS}b.jpg"}}}}</script>'
    assert featured_image(page(head=ld)) == Image(url=f"{_UPLOADS}b.jpg")
    assert featured_image(page()) is None


def test_another_size_of_the_same_picture_is_not_added() -> None:
    body = [Image(url=f"{_UPLOADS}x.jpg"), Image(url=f"{_UPLOADS}a-1024x683.jpg", caption="The bridge")]
    ordered = with_featured_first(Image(url=f"{_UPLOADS}a-scaled.jpg"), body)
    assert [image.url for image in ordered] == [f"{_UPLOADS}a-1024x683.jpg", f"{_UPLOADS}x.jpg"]


def test_a_picture_that_the_body_lacks_comes_first() -> None:
    body = [Image(url=f"{_UPLOADS}x.jpg")]
    assert with_featured_first(Image(url=f"{_UPLOADS}a.jpg"), body) == [Image(url=f"{_UPLOADS}a.jpg"), *body]
    assert with_featured_first(None, body) == body


_IMG = '<img class="wp-post-image" src="{0}" alt="The bridge" width="1200" height="800">'
_SHOWN = Image(url=f"{_UPLOADS}a.jpg", alt="The bridge", width=1200, height=800)


@pytest.mark.parametrize(
    "box",
    [
        _IMG,
        "<div class='post-thumbnail'>" + _IMG.replace("wp-post-image", "") + "</div>",
        "<figure class='wp-block-post-featured-image'><a href='{0}'>" + _IMG + "</a></figure>",
        "<header class='entry-header'><a href='/2025/12/03/bridge-opens/'>" + _IMG + "</a></header>",
        _IMG.replace("src=", "src='data:image/gif;base64,R0' data-src="),
    ],
)
def test_shown_by_the_theme_above_the_body(box: str) -> None:
    assert featured_image(page(article(box.format(_SHOWN.url)))) == _SHOWN


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='posts'><a href='/another-post/'>{_IMG}</a></div>",
        f"<nav class='post-navigation'>{_IMG}</nav>",
        f"<div class='author-box'>{_IMG}</div>",
        f"<div class='related-posts'>{_IMG}</div>",
        f"<article class='post-8 post'>{_IMG}</article>",
    ],
)
def test_pictures_of_others_are_not_the_posts(box: str) -> None:
    assert featured_image(page(article(box.format(_SHOWN.url)))) is None


def test_not_from_a_sidebar_nor_from_below_the_body() -> None:
    box = _IMG.format(_SHOWN.url)
    assert featured_image(page(article("") + f"<aside class='sidebar'>{box}</aside>")) is None
    assert featured_image(page(article("").replace("</article>", f"{box}</article>"))) is None


def test_what_is_shown_and_what_is_declared_are_one() -> None:
    img = _IMG.format(f"{_UPLOADS}a-1200x800.jpg")
    box = f"<figure class='post-thumbnail'>{img}<figcaption>At dawn</figcaption></figure>"
    head = f'<meta property="og:image" content="{_UPLOADS}a-scaled.jpg"><meta property="og:image:width" content="2560">'
    found = featured_image(page(article(box), head))
    assert found == Image(url=f"{_UPLOADS}a-1200x800.jpg", alt="The bridge", caption="At dawn", width=1200, height=800)


def test_structured_data_tells_size_and_caption() -> None:
    ld = (
        '<script type="application/ld+json">{"@type":"Article","image":{"@type":"ImageObject",'
        f'"url":"{_UPLOADS}b.jpg","width":1200,"height":{{"value":"900px"}},"caption":"At dawn"}}}}</script>'
    )
    expected = Image(url=f"{_UPLOADS}b.jpg", caption="At dawn", width=1200, height=900)
    assert featured_image(page(head=ld)) == expected
    assert featured_image(page(head=f'<meta property="og:image" content="{_UPLOADS}b.jpg">{ld}')) == expected


def test_the_one_with_a_caption_stands_for_both() -> None:
    shown = Image(url=f"{_UPLOADS}a.jpg", alt="The bridge", caption="At dawn", width=1200, height=800)
    assert with_featured_first(shown, [Image(url=f"{_UPLOADS}a-300x200.jpg", alt="")]) == [shown]
