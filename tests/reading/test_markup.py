"""Elements by class, rel, id; text as shown."""

import re
from time import process_time

from crawler.reading.markup import (
    MAX_SHOWN,
    begins_like,
    body_classes,
    class_list,
    elements_by_id,
    having_class,
    having_itemprop,
    having_rel,
    short_text,
    shown_text,
)
from tests.reading.build import page


def test_indexes() -> None:
    body = (
        '<i class="B a" id="One">1</i><i class="a">2</i><a rel="tag nofollow" href="/t/">t</a>'
        '<a rel="tag">no link</a><b itemprop="Name">n</b>'
    )
    post = page(body, classes="single x")
    assert [e.text for e in having_class(post, "b", "a")] == ["1", "1", "2"]
    assert [e.text for e in having_rel(post, "tag")] == ["t"]
    assert [e.text for e in having_itemprop(post, "name")] == ["n"]
    assert elements_by_id(post)["one"].text == "1"
    assert body_classes(post) == {"single", "x"}


def test_text_as_shown() -> None:
    body = (
        '<p id="t">By <span class="screen-reader-text">author </span><b>Jane</b><script>x()</script>'
        "<br>Doe <svg><title>i</title></svg>!</p>"
    )
    element = page(body).root.get_element_by_id("t")
    assert shown_text(element) == "By Jane Doe !"
    assert short_text(element, 5) == ""
    assert short_text(element, 50) == "By Jane Doe !"


def test_text_is_cut_where_no_line_of_meta_data_reaches() -> None:
    element = page(f'<p id="t">{"word " * 10_000}<b>x</b></p>').root.get_element_by_id("t")
    assert len(shown_text(element)) < 60_000
    deep = page("<b>word " * 250)
    assert len(shown_text(deep.root)) <= MAX_SHOWN


def test_how_a_text_begins() -> None:
    body = (
        '<p id="t"><span class="sr-only">Date:</span> — <b>Last\n</b><i></i> <i>updated</i>: May 5'
        f'<span>{"and more " * 20}</span></p><p id="e"> … <svg><title>Last updated</title></svg></p>'
    )
    root = page(body).root
    shown, empty = root.get_element_by_id("t"), root.get_element_by_id("e")
    assert begins_like(shown, re.compile("Last updated: May 5"), 100)
    assert not begins_like(shown, re.compile("updated"), 100)
    assert not begins_like(empty, re.compile(""), 100)


def test_a_short_text_costs_no_more_than_itself() -> None:
    root = page("<div>" * 240 + "<i>x</i>" * 100_000).root
    started = process_time()
    assert {short_text(element, 100) for element in root.iter("div")} == {""}
    assert process_time() - started < 1  # of CPU; to tell all of each box takes some seconds


def test_names_longer_than_any_themes_are_left_out() -> None:
    long = "x" * 400
    post = page(f'<p class="{long} date" id="t">x</p>')
    assert class_list(post.root.get_element_by_id("t")) == ["date"]
    assert having_class(post, long) == []
    assert having_class(post, "date") != []
