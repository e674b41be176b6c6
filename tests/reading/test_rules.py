"""What users know of a site, read before what any reader would find."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.reading import Kind, NotAPost, parse_page, read_pages
from crawler.reading.rules import NO_RULES, SiteRules, kind_by, read_pages_by
from crawler.routes.rest import RestApi
from crawler.routes.restanswer import parse_posts
from crawler.siterules import read_rules

ODD = """<html lang="en"><head><meta name="generator" content="WordPress 6.5">
<meta name="region" content="North"></head>
<body class="story-page"><div class="q1"><b class="q2">The bridge holds</b><i class="q3">from Jane Doe and John Roe</i>
<u class="q4">3 December 2025</u><div class="q5"><p>The old bridge held through the night, said the ferrymen, who had
watched it from the bank with lamps and a kettle of tea between them until the water fell.</p>
<div class="q6"><p>Subscribe to the paper for a penny a day and never miss a bridge again in all your life.</p></div>
<p>It will be opened again on Sunday, the council says, after the planks have been looked at by a carpenter.</p></div>
<span class="q7">Reading time: 4 minutes</span>
<a class="q8" href="/x">Bridges</a><a class="q8" href="/y">Water</a></div>
</body></html>"""

RULES = """
["news.example"]
post = "body.story-page"
title = ".q2"
authors = { css = ".q3", pattern = "from (.*)" }
published_at = ".q4"
body = "div.q5"
remove = [".q6", "nav"]

["news.example".extra]
reading_time = { css = ".q7", pattern = '(\\d+) minutes', as = "int" }
region = { css = "meta[name=region]", attribute = "content" }
topics = { css = ".q8", all = true }
nothing = ".q9"
"""


def rules(folder: Path, text: str) -> dict[str, SiteRules]:
    """Those of a file with this text."""
    path = folder / "rules.toml"
    path.write_text(text, "utf-8")
    return read_rules(path)


def test_a_site_with_odd_markup_is_read_by_what_is_said_of_it(tmp_path: Path) -> None:
    page = parse_page(ODD, "https://news.example/bridge/")
    told = rules(tmp_path, RULES)["news.example"]
    assert kind_by(page, NO_RULES) is not Kind.POST
    with pytest.raises(NotAPost):
        read_pages([page])
    assert kind_by(page, told) is Kind.POST
    article = read_pages_by([page], told)
    assert article.title == "The bridge holds"
    assert article.authors == ["Jane Doe", "John Roe"]
    assert article.published_at == datetime(2025, 12, 3, 12, tzinfo=UTC)
    assert article.published_precision == "day"
    assert article.text
    assert [block[:12] for block in article.text.split("\n\n")] == ["The old brid", "It will be o"]
    assert article.extra == {"reading_time": 4, "region": "North", "topics": ["Bridges", "Water"]}


def test_without_rules_all_is_as_it_was() -> None:
    page = parse_page(ODD.replace("story-page", "single single-post postid-7"), "https://news.example/bridge/")
    assert read_pages_by([page], NO_RULES) == read_pages([page])


ITEM: dict[str, Any] = {
    "id": 7, "type": "post", "link": "https://news.example/bridge/", "date_gmt": "2025-12-03T18:00:00",
    "title": {"rendered": "The bridge"}, "content": {"rendered": "<p>It holds.</p>"}, "author": 0,
    "acf": {"rating": "4.5", "places": [{"name": "Mill Lane"}, {"name": "Quay"}], "$where": "1"},
    "_embedded": {"wp:term": [[], [], [{"id": 1, "name": "North", "taxonomy": "region"}]]},
}  # fmt: skip


def test_fields_of_plugins_and_taxonomies_come_from_the_api(tmp_path: Path) -> None:
    told = rules(
        tmp_path,
        """
["*".extra]
rating = { rest = "acf.rating", as = "float" }
places = { rest = "acf.places.*.name", all = true }
region = { taxonomy = "region" }
count = { rest = "acf.rating", as = "int" }
""",
    )["*"]
    page = parse_posts(200, {}, json.dumps([ITEM]).encode(), "https://news.example/", told)
    assert page.candidates[0].article
    assert page.candidates[0].article.extra == {"rating": 4.5, "places": ["Mill Lane", "Quay"], "region": "North"}
    assert told.rest_fields == ("acf",)
    assert RestApi("https://news.example/wp-json/", more=told.rest_fields).include_url([7]).count(",acf") == 1
    assert not told.need_pages
    assert not told.are_of_pages


@pytest.mark.parametrize(("rule", "is_read"), [("post", False), ("authors", True), ("body", True), ("remove", True)])
def test_what_is_said_of_pages_is_read_from_pages(tmp_path: Path, rule: str, is_read: bool) -> None:
    """The API has a title and a text of its own: a rule would be passed over without a word."""
    assert rules(tmp_path, f'["news.example"]\n{rule} = ".a"')["news.example"].need_pages is is_read


def test_a_pattern_that_goes_back_and_forth_finds_nothing_in_time(tmp_path: Path) -> None:
    told = rules(tmp_path, """["*".extra]\nslow = { css = "p", pattern = '(a+)+$' }""")["*"]
    page = parse_page(f"<html><body class='single-post'><p>{'a' * 1900}b</p></body></html>", "https://news.example/a/")
    began = time.process_time()
    assert read_pages_by([page], SiteRules(post=told.extra["slow"].css, extra=told.extra)).extra is None
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[news", "is no TOML"),
        ('["news.example"]\nheadline = "h1"', "headline: there is no such rule"),
        ('["news.example"]\nbody = "p:not(.a)"', "body: 'p:not(.a)': pseudo-classes"),
        ('["news.example"]\ntitle = { rest = "title" }', "title is looked for on the page"),
        ('["news.example".extra]\n"$where" = "h1"', "is no name"),
        ('["news.example".extra]\na = { css = "p", pattern = "(" }', "is no regular expression"),
        ('["news.example".extra]\na = { attribute = "content" }', "says not where: css, rest or taxonomy"),
        ('["news.example".extra]\na = { rest = "acf..x" }', "is no way into an answer"),
        ('["news.example".extra]\na = { css = "p", as = "date" }', "a.as: "),
        ('["news.example".extra]\na = { rest = "acf.x", attribute = "href" }', "write css besides"),
        ('["news.example".extra]\na = 5', "extra.a: write a table of rules"),
        ('["https://www.news.example/"]\ntitle = "h1"', 'write ["news.example"]'),
        ('["News.example"]\ntitle = "h1"', 'write ["news.example"]'),
        ('["no site"]\ntitle = "h1"', "no site is called 'no site'"),
        ('[news.example]\ntitle = "h1"', 'in quotes: ["news.example"]'),
        ('title = "h1"', "title:\n  rules: write a table of rules"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match="SITE_RULES") as error:
        rules(tmp_path, text)
    assert said in str(error.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No such file"):
        read_rules(tmp_path / "none.toml")
