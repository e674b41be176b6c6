"""``scrapy articles``: those of one site, by any of its names."""

import json

import pytest

from tests.spiders.running import Scrapy

from .test_sites import put

ARTICLES = [
    {"site": "news.example", "url": "https://news.example/ferry/", "title": "The ferry"},
    {"site": "gazette.example/blog", "url": "https://gazette.example/blog/pier/", "title": "The pier"},
]


@pytest.fixture(autouse=True)
def stored(scrapy: Scrapy) -> None:
    put(scrapy, "articles", *ARTICLES)
    put(scrapy, "sites", {"_id": "news.example", "aliases": ["old.example"]}, {"_id": "quiet.example"})


@pytest.mark.parametrize(
    ("site", "title"),
    [
        ("news.example", "The ferry"),
        ("https://www.news.example/", "The ferry"),
        ("old.example", "The ferry"),
        ("gazette.example/blog", "The pier"),
    ],
)
def test_the_articles_of_one_site(scrapy: Scrapy, site: str, title: str) -> None:
    lines = scrapy.run("articles", "--format", "jsonl", "--site", site).out.splitlines()
    assert [json.loads(line)["title"] for line in lines] == [title]


def test_a_site_that_is_not_known_is_answered_with_those_that_are(scrapy: Scrapy) -> None:
    outcome = scrapy.run("articles", "--site", "nosuch.test")
    assert (outcome.status, outcome.out) == (2, "")
    known = "gazette.example/blog, news.example, quiet.example"
    assert f"nosuch.test is not known; known are {known}\n" in outcome.err
    near = scrapy.run("articles", "--format", "jsonl", "--site", "gazette.example")
    assert (near.status, near.out) == (2, "")
    assert "gazette.example is not known; did you mean gazette.example/blog?" in near.err


def test_a_known_site_without_articles(scrapy: Scrapy) -> None:
    outcome = scrapy.run("articles", "--site", "quiet.example")
    assert outcome.status == 0
    assert outcome.out == "no articles of quiet.example; crawl it first: make crawl SITE=quiet.example\n"


def test_what_is_no_site(scrapy: Scrapy) -> None:
    outcome = scrapy.run("articles", "--site", "a b")
    assert (outcome.status, outcome.out) == (2, "")
    assert "'a b' is not a web address" in outcome.err
