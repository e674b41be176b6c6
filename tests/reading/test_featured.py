"""The featured image, first and once."""

from crawler.items import Image
from crawler.reading.featured import featured_image, with_featured_first
from tests.reading.build import page

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
