"""The page: everything that sites write is text in it, and it holds nothing that runs or is fetched."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.asking.differences import Piece
from crawler.report.charts import Drawings, Pair, drawings
from crawler.report.delays import SiteDelay
from crawler.report.model import (
    Bar,
    Changes,
    Costs,
    Edit,
    Fact,
    Health,
    Hours,
    Ranking,
    Report,
    SiteHealth,
    SiteRow,
    Steps,
    Stories,
    Story,
    Told,
)
from crawler.report.page import page

from .examples import HOSTILE

MOST_BYTES = 600_000
"""Of the largest page that can be: everything in it is bounded."""

_STEPS = Steps("day", [(datetime(2025, 12, day), day * day % 7) for day in range(1, 32)])  # noqa: DTZ001 - a wall clock
_NO_DRAWINGS = Drawings(None, {}, None, None, None)
_BLANK = Drawings(Pair("", ""), {}, Pair("", ""), "", Pair("", ""))
_ACTIVE = {
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "audio",
    "video",
    "image",
    "use",
    "foreignobject",
}


def a_report(text: str, number: int = 1) -> Report:
    """Each text that a site may write is this one, and there are so many of each thing."""
    told = Told(text, f"https://a.example/{text}", text, "2025-12-03 18:00", "+1 min")
    ranking = Ranking([Bar(text, 3, 1.0)] * number, 1)
    pieces = [Piece("old", text), Piece("new", text), Piece("same", text), Piece("left_out", text)]
    return Report(
        made_at="2025-12-03 18:00", zone="UTC", asked=[("sites", text)], verb="published",
        facts=[Fact("articles", "1")], articles=1, undated=0, steps=_STEPS, categories=ranking, authors=ranking,
        sites=[SiteRow(f"{text}{i}", 1, "2", 0, 0, 0, "2025-12-03", _STEPS) for i in range(number)],
        hours=Hours([[1] * 24] * 7, "busy"), delay=SiteDelay("", 1, "1 min", "2 min"), delay_buckets=[("longer", 1)],
        delay_sites=[SiteDelay(text, 1, "1 min", "2 min")] * number,
        changes=Changes(ranking.bars, [Edit(told, [(text, pieces)] * 2)] * number, [told] * number),
        stories=Stories(ranking.bars, ranking.bars, [Story(2, [told] * 6, 1)] * number),
        health=Health([SiteHealth([text] * 6, is_in_trouble=True)] * number, number, 1),
        costs=Costs([Fact("runs", "1")], _STEPS, [[text] * 7] * number, [[text] * 10] * number),
    )  # fmt: skip


def parsed(html: str) -> HtmlElement:
    """The page as a browser reads it, or nearly."""
    return document_fromstring(html, parser=HTMLParser(huge_tree=True))


def shape(html: str) -> list[Any]:
    """Its elements with the names of their attributes."""
    return [(one.tag, sorted(one.attrib)) for one in parsed(html).iter()]


_PLAIN = shape("".join(page(a_report("plain"), _BLANK)))
_TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@given(_TEXTS)
@example(HOSTILE)
@example("\"><svg onload='alert(1)'>")
@example("--><!--")
@example("</style><script>alert(1)</script>")
@settings(max_examples=60)
def test_no_text_of_a_site_becomes_markup(text: str) -> None:
    assert shape("".join(page(a_report(text), _BLANK))) == _PLAIN


def test_a_title_is_there_as_it_was_written() -> None:
    tree = parsed("".join(page(a_report(HOSTILE), _BLANK)))
    assert {heading.text_content() for heading in tree.iter("h4")} == {HOSTILE}


def test_nothing_runs_and_nothing_is_fetched() -> None:
    report = a_report(HOSTILE)
    html = "".join(page(report, drawings(report)))
    tree = parsed(html)
    assert not {one.tag for one in tree.iter() if isinstance(one.tag, str)} & _ACTIVE
    assert not [
        name for one in tree.iter() for name in one.attrib if name.startswith("on") or name in ("src", "srcset")
    ]
    links = [one for one in tree.iter("a") if not one.get("href", "").startswith("#")]
    assert {one.get("href", "").partition("example/")[0] for one in links} == {"https://a."}
    assert {one.get("rel") for one in links} == {"noopener noreferrer nofollow"}
    assert [one.get("href") for one in tree.iter("link")] == ["data:,"]
    assert not re.search(r"url\(|@import", html)
    metas = [(one.get("http-equiv"), one.get("content", "")) for one in tree.iter("meta")]
    [policy] = [content for name, content in metas if name == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")


def test_no_text_of_a_site_comes_into_a_drawing() -> None:
    drawn = drawings(a_report("s3cr3t"))
    assert drawn.steps
    assert drawn.hours
    assert drawn.requests
    svgs = [
        drawn.steps.wide,
        drawn.steps.narrow,
        drawn.hours.wide,
        drawn.hours.narrow,
        drawn.delays,
        drawn.requests.wide,
    ]
    for svg in [*svgs, *drawn.sparks.values()]:
        assert svg
        assert "s3cr3t" not in svg
        assert "var(--accent)" in svg
        assert {etree.QName(one).localname for one in etree.fromstring(svg.encode()).iter()} <= {
            "svg", "g", "path", "text", "line", "rect",
        }  # fmt: skip


def test_the_largest_page_is_bounded() -> None:
    report = a_report("x" * 120, 20)
    long = replace(report, steps=Steps("day", list(_STEPS.values) * 6))
    assert len("".join(page(long, drawings(long))).encode()) < MOST_BYTES


def test_of_nothing_it_says_so_in_words() -> None:
    empty = Report(made_at="now", zone="UTC", asked=[], verb="published", facts=[], articles=0, undated=0)
    assert drawings(empty) == _NO_DRAWINGS
    tree = parsed("".join(page(empty, _NO_DRAWINGS)))
    said = [one.text_content() for section in tree.iter("section") for one in section.iter("p")]
    assert said == [
        "No article is stored that was asked for.", "Of no article a time of day is known.",
        "No article names a category.", "No article names an author.",
        "Nothing can be said yet: no article with a known time of day was published after its site was crawled first.",
        "No article has changed since it was found.", "No text is told by more than one article.",
        "No site is known yet.", "No crawl has begun in this time.",
    ]  # fmt: skip
