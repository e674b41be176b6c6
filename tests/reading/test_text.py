"""Plain text of a clean body."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.page import parse_page
from crawler.reading.sanitise import sanitise
from crawler.reading.text import SPACELESS, collapsed, is_collapsed, text_blocks, visible, word_count


def _blocks(source: str) -> list[str]:
    page = parse_page(f"<html><body>{source}</body></html>", "https://news.example/")
    return text_blocks(sanitise([next(page.root.iter("body"))], page.url, lambda _: False))


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("<p>One\n  two&nbsp;<b>three</b>.</p><h2>Four</h2>", ["One two three.", "Four"]),
        ("<p>one<br>two<br><br>three", ["one\ntwo", "three"]),
        ("<ul><li>one<ol><li>two</ol><li><p>three<p>four</ul>", ["one", "two", "three", "four"]),
        ("<blockquote><p>one<p>two</blockquote>", ["one", "two"]),
        ("<table><tr><th>a<th>b<tr><td>1 <b>x</b><td><td>2</table>", ["a | b", "1 x | 2"]),
        ("<table><tr><td><p>one<p>two<td>three</table>", ["one", "two", "three"]),
        ("<dl><dt>one<dd>two<p>three</dl>", ["one", "two", "three"]),
        ("<pre>if x:\n\n    y()</pre>", ["if x:\n    y()"]),
        ("<pre><code>a  b<br>\tc</code></pre>", ["a b\n\tc"]),
        ("<pre class='wp-block-verse'>Swan,\n   white</pre><p> one", ["Swan,\n   white", "one"]),
        ("<figure><img src='/a.jpg'><figcaption>not told</figcaption></figure><p>one", ["one"]),
        ("<p>fish &amp; chips &lt;b&gt; caf&eacute;", ["fish & chips <b> café"]),
        ("<details><summary>one</summary><p>two</details>", ["one", "two"]),
        ("<p>he<em>ll</em>o <a href='/x'>wor</a>ld", ["hello world"]),
        ("<div>one<span> two</span><section>three</section></div>", ["one two", "three"]),
        ("<p>H<sub>2</sub>O at 10<sup>3</sup> m<sup>2</sup>", ["H2O at 103 m2"]),
        ("<p>The piano<sup><a href='#fn1'>1</a></sup> was sold.", ["The piano 1 was sold."]),
        ("<p>The piano<a href='#fn1'><sup>1</sup></a> was sold.", ["The piano 1 was sold."]),
        ("<p>The piano<sup class='footnote-ref'>2</sup> was sold.", ["The piano 2 was sold."]),
        ("<p>The piano.<sup><a href='#fn1'>[1]</a></sup> It", ["The piano.[1] It"]),
        ("<p>明日<ruby>香<rp>(</rp><rt>か</rt><rp>)</rp></ruby>", ["明日香"]),
        ("<p>مرحبا <b>بالعالم</b></p><p>日本<i>語</i></p>", ["مرحبا بالعالم", "日本語"]),
    ],
)
def test_blocks(source: str, blocks: list[str]) -> None:
    assert _blocks(source) == blocks


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("ex\u00adam\u00adple", "example"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("\u202bمرحبا\u202c \u2066Hello\u2069\u200f", "مرحبا Hello"),
        ("می‌خواهم", "می‌خواهم"),
        ("क्‍ष 👨‍👩‍👧", "क्‍ष 👨‍👩‍👧"),
        ("plain", "plain"),
    ],
)
def test_what_nobody_sees_is_no_text(text: str, seen: str) -> None:
    assert visible(text) == seen
    assert _blocks(f"<p>{text}</p><p>&#8203;</p><p>&shy;</p>") == [seen]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two, three – four's half-done.", 5),
        ("• one\n\n— two", 2),
        ("Паром ушёл в шесть.", 4),
        ("渡船は午前六時", 4),
        ("ไทยภาษา", 4),
        ("Go 渡船 now", 3),
        ("مرحبا بالعالم", 2),
        ("한국어 문장", 2),
    ],
)
def test_words(text: str, words: int) -> None:
    assert word_count(text) == words


def test_two_characters_of_any_script_without_spaces_are_a_word() -> None:
    dense = [chr(code) for code in range(sys.maxunicode + 1) if re.match(f"[{SPACELESS}]", chr(code))]
    assert len(dense) > 20_000
    assert [character for character in dense if word_count(character * 6) != 3] == []


@given(st.one_of(st.text(), st.text(alphabet=" a\t\n\u00a0\u2028\u00ad–“\x1f", max_size=12)))
def test_white_space_is_collapsed_as_splitting_and_joining_does(text: str) -> None:
    assert collapsed(text) == " ".join(text.split())
    if is_collapsed(text):
        assert not re.search(r"\s\s|[^\S ]", text)


def test_no_printable_character_is_white_space_or_unseen_but_the_space() -> None:
    printable = "".join(character for code in range(0x110000) if (character := chr(code)).isprintable())
    assert len("".join(printable.split())) == len(printable) - 1
    assert visible(f"{printable}\u00ad") == visible(printable) == printable


def test_white_space_of_any_kind_is_told_from_the_space() -> None:
    spaces = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
    assert {collapsed(f"{char}a{char}b{char}") for char in spaces} == {"a b"}


@given(st.text(st.sampled_from("ab \u00e9\u201c\u200b\u00a0\u3000\n\t")))
def test_white_space_is_made_single(text: str) -> None:
    assert collapsed(text) == " ".join(text.split())
    assert visible(text) == text.replace("\u200b", "")
