"""Parsing: what is refused, what browsers mend, and that a fact about a page is computed once."""

import pytest

from crawler.reading.page import MAX_PAGE_BYTES, Page, UnreadablePage, parse_page, per_page
from tests.reading.build import URL


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        ("\ufeff \n", "empty"),
        (b"\0\0", "empty"),
        (b"just words", "not-html"),
        ('{"id": 1}', "not-html"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-html"),
        (b"<!-- only -->", "not-html"),
        (b"<" * (MAX_PAGE_BYTES + 1), "too-large"),
    ],
)
def test_names_the_reason_of_a_refusal(body: bytes | str, reason: str) -> None:
    with pytest.raises(UnreadablePage, match=f"^{reason}$"):
        parse_page(body, URL)


def test_unclosed_and_misplaced_tags_are_mended() -> None:
    root = parse_page("<title>Ferry</title><div><p>One<p>Two<body class=single><b>three", URL).root
    assert [p.text for p in root.iter("p")] == ["One", "Two"]
    assert [body.get("class") for body in root.iter("body")] == ["single"]


def test_nul_bytes_and_lone_surrogates_are_dropped() -> None:
    assert parse_page("<p>a\0b\ud800c</p>", URL).root.findtext(".//p") == "abc"


def test_headers_have_lower_case_names() -> None:
    assert parse_page("<p>x</p>", URL, {"Content-Type": "text/html"}).headers == {"content-type": "text/html"}


def test_a_per_page_fact_is_computed_once() -> None:
    asked: list[str] = []

    @per_page
    def fact(page: Page) -> int:
        asked.append(page.url)
        return len(asked)

    page = parse_page("<p>x</p>", URL)
    assert (fact(page), fact(page), asked) == (1, 1, [URL])


def test_nesting_beyond_the_parsers_limit_is_cut_and_not_followed() -> None:
    assert sum(1 for _ in parse_page("<div>" * 100_000 + "x", URL).root.iter("div")) < 300


def test_a_page_of_millions_of_tags_is_not_read() -> None:
    with pytest.raises(UnreadablePage, match="too-many-tags"):
        parse_page(b"<html><body>" + b"<p>x" * 500_000, "https://news.example/")
    assert parse_page(b"<html><body>" + b"1 < 2 " * 500_000, "https://news.example/").root is not None
