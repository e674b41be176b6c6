"""What a page reserves."""

import pytest

from crawler.reading import parse_page, read_post
from crawler.reading.reservations import MOST, reservations
from tests.spiders.test_bad_input import post_html


def of(head: str = "", **headers: str) -> list[str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return reservations(
        parse_page(f"<html><head>{head}</head><body><p>x</p></body></html>", "https://a.example/", named)
    )


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("<meta name=robots content='max-image-preview:large'>", []),
        ("<meta name=robots content='NOINDEX, follow, NoArchive'>", ["noindex", "noarchive"]),
        (
            "<meta name=robots content=none><meta name=ROBOTS content='noai noimageai'>",
            ["noindex", "noai", "noimageai"],
        ),
        ("<meta name=GPTBot content=noai><meta name=bingbot content=nocache>", ["gptbot: noai", "bingbot: noarchive"]),
        ("<meta name=keywords content='noai, noindex'><meta name=description content=none>", []),
        ("<meta name=tdm-reservation content=1>", ["tdm-reservation"]),
        ("<meta name=tdm-reservation content=0>", []),
        (
            "<meta name=tdm-reservation content=1><meta name=tdm-policy content='https://a.example/tdm.json'>",
            ["tdm-reservation", "tdm-policy: https://a.example/tdm.json"],
        ),
        ("<meta name=tdm-policy content='javascript:alert(1)'>", []),
    ],
)
def test_meta_tags(head: str, told: list[str]) -> None:
    assert of(head) == told


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("noindex, nofollow", ["noindex"]),
        ("noai, noai", ["noai"]),
        ("gptbot: noai, noindex, ccbot: none", ["gptbot: noai", "gptbot: noindex", "ccbot: noindex"]),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive", ["noarchive"]),
        ("*: noindex", ["noindex"]),
        (":,,: noindex:;", []),
    ],
)
def test_the_header(header: str, told: list[str]) -> None:
    assert of(X_Robots_Tag=header) == told


def test_headers_of_the_tdm_protocol() -> None:
    told = of(TDM_Reservation="1", TDM_Policy="https://a.example/p")
    assert told == ["tdm-reservation", "tdm-policy: https://a.example/p"]


def test_however_many_there_are_few_are_kept() -> None:
    assert len(of("".join(f"<meta name=bot{n} content=noai>" for n in range(1000)))) == MOST


def test_an_article_read_from_its_page_has_them() -> None:
    html = post_html(1, "Title", "<p>Words of a text.</p>", head="<meta name=robots content=noai>")
    assert read_post(html, "https://a.example/title/").reservations == ["noai"]
