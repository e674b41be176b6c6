"""What crawls cost, held against the targets, and told as a table."""

from dataclasses import replace

from benchmarks.routes.table import head, row
from benchmarks.routes.targets import Cost, first_crawl, missed

CRAWL = Cost(what="one edited", requests=3, size=104_000, cpu=1.96, wall=3.04, found=1, expected=1, most=3)


def test_a_first_crawl_may_cost_a_request_for_90_posts_and_eight() -> None:
    assert first_crawl(900) == 18


def test_a_crawl_that_keeps_to_its_target_is_not_named() -> None:
    assert missed([CRAWL, replace(CRAWL, requests=2), replace(CRAWL, most=None, requests=9000)]) == []


def test_too_many_requests_and_too_few_articles_are_named() -> None:
    assert missed([CRAWL, replace(CRAWL, requests=4), replace(CRAWL, what="first crawl", found=0, expected=120)]) == [
        "one edited: 4 requests, the target is 3.0",
        "first crawl: found 0 articles, expected 120",
    ]


def test_the_table() -> None:
    assert [head(5000), row(CRAWL), row(replace(CRAWL, requests=5000, size=99_999, most=None))] == [
        "| 5,000 posts | requests | at most | received | CPU | time | articles |\n|---|--:|--:|--:|--:|--:|--:|",
        "| one edited | 3 | 3 | 0.1 MB | 2.0 s | 3.0 s | 1 |",
        "| one edited | 5,000 |  | 100.0 KB | 2.0 s | 3.0 s | 1 |",
    ]
