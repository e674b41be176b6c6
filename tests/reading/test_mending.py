"""Malformed HTML, read as browsers read it: nothing of the text lost, joined or doubled."""

from contextlib import suppress
from time import process_time

import pytest

from crawler.reading.page import UnreadablePage, parse_page
from crawler.reading.sanitise import sanitise
from crawler.reading.text import text_blocks
from tests.reading.build import URL


def _blocks(source: str) -> list[str]:
    page = parse_page(f"<!DOCTYPE html><html><head><title>T</title></head><body>{source}", URL)
    return text_blocks(sanitise([next(page.root.iter("body"))], page.url, lambda _: False))


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("<p>one</p></body></html><p>two</p>", ["one", "two"]),
        ("<p>one</p></BODY ></html\n><!-- cached --></html><p>two", ["one", "two"]),
        ("<div>one</p>two</div>", ["one two"]),  # a browser: two blocks
        ("<p>one<div>two</div>three</p>four", ["one", "two", "three four"]),
        ("<p>one</br>two</BR />three</p>", ["one\ntwo\nthree"]),
        ("<p>one<p>two<ul><li>three<li>four</ul>", ["one", "two", "three", "four"]),
        ("<table><tr><td>one<td>two<tr><td>three</table>", ["one | two", "three"]),
        ("<form><p>one<form><p>two</form><p>three</form>", ["one", "two", "three"]),
        ("<a href=/x><p>one<p>two</a><p>three", ["one", "two", "three"]),
        ("<div><p>one</div></div></div><p>two", ["one", "two"]),
        ("<p>one<!-- a --!><p>two<!-- b --><p>three", ["one", "two", "three"]),
        ("<p>one<!--> two<p>three<!---> four", ["one two", "three four"]),
        ("<p>one<?php echo 'x'; ?> two", ["one two"]),
        ("<p>one</p><template><p>no</template><p>two", ["one", "two"]),
        ("<my-box><p>one<x-y>two</x-y></my-box><p>three", ["onetwo", "three"]),
        ("<table>one<tr>two<td>three</table>", ["one", "two", "three"]),  # a browser puts one and two together
        ("<p>AT&T &amp R&D, caf&eacute &copy 2026 &#150; &#x92; &hellip;", ["AT&T & R&D, café © 2026 – ’ …"]),
        ("<p><b>one<p>two</b>three", ["one", "twothree"]),
        ("<p><b>one<i>two</b>three</i>four", ["onetwothreefour"]),
        ("<p>one<h2>two</h2>three", ["one", "two", "three"]),
        ("<p>1 < 2 and 3<4", ["1 < 2 and 3<4"]),
        ("<p>one</p><script>var a = '</p><p>no';</script><p>two", ["one", "two"]),
        ("<p>one<body class=x><p>two<html><p>three", ["one", "two", "three"]),
        ("<p>one<head><title>no</title></head><p>two", ["one", "two"]),
    ],
)
def test_text(source: str, blocks: list[str]) -> None:
    assert _blocks(source) == blocks


@pytest.mark.parametrize("tag", ["b", "span", "div", "blockquote", "font", "x-y"])
@pytest.mark.parametrize("depth", [255, 300, 2000])
def test_what_is_never_closed_costs_no_text(tag: str, depth: int) -> None:
    assert " ".join(_blocks(f"<{tag}>" * depth + "<p>one</p><p>two <i>three</i></p>")).split() == [
        "one",
        "two",
        "three",
    ]


def test_paragraphs_that_lie_deep_stay_paragraphs() -> None:
    assert _blocks("<b>" * 300 + "<p>one</p><p>two</p>") == ["one", "two"]


@pytest.mark.parametrize("name", ["x\x01", "x{y}", "x*", "x\ufffe", "x'\"", "o:p"])
def test_elements_of_any_name_may_lie_deep(name: str) -> None:
    assert _blocks("<div>" * 300 + f"<{name}>one</{name}><{name}><p>two</p>") == ["one", "two"]


def test_the_first_of_two_attributes_counts() -> None:
    assert parse_page("<p class=a class=b>x", URL).root.find(".//p").get("class") == "a"  # type: ignore[union-attr]  # it is there


def test_attributes_beyond_reason_are_dropped_and_long_ones_kept() -> None:
    before = process_time()
    assert _blocks("<p " + " ".join(f"a{i}=1" for i in range(300_000)) + ">one</p><p>two") == ["one", "two"]
    assert process_time() - before < 10
    picture = "data:image/png;base64," + "A" * 50_000
    root = parse_page(f'<p title="{"a b=c " * 5000}"><img src="{picture}" alt="x">', URL).root
    assert (root.find(".//img").get("src"), root.find(".//img").get("alt")) == (picture, "x")  # type: ignore[union-attr]  # it is there
    assert (root.find(".//p").get("title") or "").startswith("a b=c")  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("before", [0, 1, 9_999, 10_000, 10_001, 20_001, 29_999])
def test_attributes_beyond_reason_are_dropped_wherever_their_tag_begins(before: int) -> None:
    flood = " ".join(f"a{i}=1" for i in range(3000))
    root = parse_page(f"<!--{'x' * before}--><p {flood}>one</p><!-- {'y' * before} --><i {flood}>two", URL).root
    assert [(e.text, len(e.attrib)) for e in root.iter("p", "i")] == [("one", 0), ("two", 0)]


@pytest.mark.parametrize("data", ["<script>for (i = 0; i<n; i++) f([{}]);</script >", "<!-- a<b [{}] -->"])
def test_a_long_script_or_comment_with_a_comparison_takes_no_text_with_it(data: str) -> None:
    numbers = ", ".join(map(str, range(5000)))
    assert _blocks("<p>one</p>" + data.format(numbers) + "<p>two</p><script>x</script><p>three") == [
        "one",
        "two",
        "three",
    ]


@pytest.mark.parametrize("unit", ["</p>", "</br", "</body", "</html ", "<x>", "<b>x", "<p a=b ", "&amp", "</"])
def test_hostile_repetition_is_mended_in_seconds(unit: str) -> None:
    before = process_time()
    with suppress(UnreadablePage):  # half a million tags are refused
        parse_page("<p>" + unit * (1_000_000 // len(unit)), URL)
    assert process_time() - before < 10
