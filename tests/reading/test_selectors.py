"""Selectors of site rules, against lxml's own, and on pages that would hold those up."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector

from crawler.reading.page import parse_page
from crawler.reading.selectors import selector

URL = "https://news.example/a/"

_STEPS = st.sampled_from(
    ["p", "div", "*", ".a", ".b", "#c", "[id]", "[class~=a]", "[class^=a]", "[class$=b]", "div.a", "p.a.b"]
)
_SELECTORS = st.lists(st.tuples(st.sampled_from([" ", " > "]), _STEPS), min_size=1, max_size=4)
_BOXES = st.sampled_from(["<div class='a'>", "<div id='c' class='b'>", "<div>"])


def _boxed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_BOXES, st.lists(inner, max_size=3)).map(lambda told: f"{told[0]}{''.join(told[1])}</div>")


_TREES = st.recursive(
    st.sampled_from(["x", "<p class='a b'>x</p>", "<p>x</p>", "<span id='c'>x</span>"]), _boxed, max_leaves=15
)


@given(steps=_SELECTORS, markup=_TREES)
def test_they_select_what_css_says(steps: list[tuple[str, str]], markup: str) -> None:
    text = steps[0][1] + "".join(map("".join, steps[1:]))
    page = parse_page(f"<html><body><h1>T</h1>{markup}</body></html>", URL)
    assert selector(text).select(page) == CSSSelector(text)(page.root)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("p:not(.a)", "pseudo-classes and functions"),
        ("p:first-child", "pseudo-classes and functions"),
        ("p::before", "pseudo-elements"),
        ("h1 + p", "only descendants"),
        ("p[", "is no CSS selector"),
        ("p " * 200, "more than 300 characters"),
    ],
)
def test_what_is_not_understood_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        selector(text)


def test_deep_pages_hold_nobody_up() -> None:
    page = parse_page("<html><body>" + ("<div>" * 200 + "x" + "</div>" * 200) * 100 + "</body></html>", URL)
    began = time.process_time()
    assert selector("div div div div p, div > div div > div span").select(page) == []
    assert time.process_time() - began < 5
