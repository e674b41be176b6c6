"""What crawls cost, in short: by CPU time as ratios with wide bounds, and by what is sent to the database."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.speed import instructions
from benchmarks.speed.crawls import DATABASES, Cost, Crawls, cpu_seconds
from benchmarks.speed.figures import commands, figures, missed, table
from benchmarks.speed.serving import nginx, served
from crawler.storage.connect import connect

POSTS = 120


def a_cost(seconds: float, *, starting: float = 1.0, resident: tuple[int, ...] = ()) -> Cost:
    return Cost(
        what="a crawl", posts=100, seconds=seconds, total=seconds + starting, responses=100, articles=100,
        commands={"find": 30, "insert": 20}, peak=100_000_000, resident=list(resident),
    )  # fmt: skip


def test_figures_are_ratios_to_the_floor_and_targets_are_told_where_they_are_missed() -> None:
    costs = [a_cost(0.1), a_cost(0.2), a_cost(0.4, resident=(90, 100, 105, 110)), a_cost(0.25), a_cost(0.01)]
    found = figures(costs, start=0.5)
    assert found["read_to_floor"] == pytest.approx(2)
    assert found["html_to_floor"] == pytest.approx(4)
    assert found["html_growth"] == pytest.approx(1.1)
    assert found["html_commands"] == pytest.approx(0.5)
    assert found["rest_per_second"] == pytest.approx(400)
    assert [line.partition(" ")[0] for line in missed(found)] == [
        "html_to_floor",
        "start_to_scrapys",
        "rest_per_second",
    ]
    assert [line.split()[-1] for line in table(costs)[1:]] == ["50"] * 5


def test_instructions_are_those_of_the_posts_without_the_start() -> None:
    """Of 100 posts, of which the crawls whose start is told have fetched none."""
    few = replace(a_cost(0.0, starting=2000.0), responses=0)
    found = instructions.figures(
        (a_cost(0.0, starting=3000.0), few), (a_cost(0.0, starting=5000.0), few),
        a_cost(0.0, starting=6000.0), a_cost(0.0, starting=4000.0), a_cost(0.0, starting=2000.0),
    )  # fmt: skip
    assert found == {
        "floor_millions": 10.0, "read_millions": 30.0, "html_millions": 40.0, "rest_millions": 20.0,
        "counted_html_to_floor": 4.0, "counted_rest_to_floor": 2.0,
    }  # fmt: skip


def test_what_cachegrind_says_is_read() -> None:
    assert instructions.counted("==7== \n==7== I   refs:      12,986,700,000\n") == pytest.approx(12986.7)
    with pytest.raises(ValueError, match="counted nothing"):
        instructions.counted("valgrind: mmap failed")


@pytest.mark.skipif(nginx() is None, reason="needs nginx-light")
def test_a_crawl_costs_a_small_multiple_of_the_floor_and_few_commands(tmp_path: Path, mongodb_uri: str) -> None:
    with served(POSTS, tmp_path / "site") as paper, connect(mongodb_uri) as client:
        crawls = Crawls(paper, tmp_path, mongodb_uri, cpu_seconds)
        try:
            floor, html, rest, again = crawls.floor(), crawls.html(), crawls.rest(), crawls.again()
        finally:
            for name in DATABASES:
                client.drop_database(name)
    assert [cost.articles for cost in (html, rest, again)] == [POSTS, POSTS, 0]
    assert floor.responses == POSTS
    assert html.milliseconds < 12 * floor.milliseconds
    assert rest.milliseconds < 6 * floor.milliseconds
    assert commands(html) < 1.5
    assert commands(rest) < 1
    assert sum(again.commands.values()) < 30
