"""Plain text as Markdown: shown as it is."""

import pytest
from markdown_it import MarkdownIt

from crawler.asking.markdown import articles, escaped, table

ARTICLE = {
    "site": "news.example",
    "url": "https://news.example/a/",
    "title": "A <b>bold</b> claim",
    "text": "One.\n\nTwo.",
}


@pytest.mark.parametrize(
    "text",
    [
        "1. not a list", "- nor this", "+ this", "* or this", "# no heading", "> no quote", "a * b * c",
        "__init__ and _x_", "snake_case", "<script>alert(1)</script>", "[a](http://evil)", "![x](y)", "`code`",
        "~~gone~~", "Q&amp;A", "AT&T", "---", "===", "a\\*b", "2025) year", "C:\\new", "<https://x>", "*",
        "####### seven", "#hash", "5 < 6 > 4",
    ],
)  # fmt: skip
def test_it_is_shown_as_it_is(text: str) -> None:
    shown = MarkdownIt("commonmark").render(f"Before\n\n{escaped(text)}\n\nAfter")
    literal = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown == f"<p>Before</p>\n<p>{literal}</p>\n<p>After</p>\n"


def test_words_are_not_escaped_for_nothing() -> None:
    plain = "It’s 5 < 6, 100% (really) – snake_case, 3.5; e-mail: a@b.example! #1 & more + less = equal | or"
    assert escaped(plain) == plain


def test_articles() -> None:
    shown = "".join(articles([ARTICLE, ARTICLE | {"text": "    indented\nnext line", "title": None}]))
    assert shown == (
        "# A \\<b>bold\\</b> claim\n\nnews.example\n\n<https://news.example/a/>\n\nOne.\n\nTwo.\n"
        "\n---\n\n"
        "# Without a title\n\nnews.example\n\n<https://news.example/a/>\n\nindented  \nnext line\n"
    )


def test_a_table() -> None:
    assert list(table([("a|b", "c\nd")], ["ONE", "TWO"])) == ["| ONE | TWO |\n", "|---|---|\n", "| a\\|b | c d |\n"]
