"""What the spiders may be told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pydantic import ValidationError

from crawler.spiders.arguments import (
    Arguments,
    CategoryArguments,
    NavigationArguments,
    WordpressArguments,
    is_loopback,
    problems,
    usage,
)

from ..examples import NOW

ROUTES = "rest, feed, sitemap, archive, navigation"
SINCE = "only articles published at or after it: 2025-12-03, 2025-12-03T18:00Z, 7d"


def wordpress(**told: str) -> WordpressArguments:
    """The arguments as ``-a`` gives them."""
    return WordpressArguments.model_validate({"site": "news.example"} | told)


def wrong(model: type[Arguments], **told: str) -> str:
    """What is said about wrong arguments."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(told)
    return problems(caught.value, model)


@pytest.mark.parametrize(
    ("told", "sites"),
    [
        ("news.example", ["https://news.example/"]),
        ("http://127.0.0.1:8080", ["http://127.0.0.1:8080/"]),
        (" https://a.example/ , b.example/blog/,,a.example", ["https://a.example/", "https://b.example/blog/"]),
        ("bücher.example", ["https://xn--bcher-kva.example/"]),
    ],
)
def test_sites(told: str, sites: list[str]) -> None:
    assert wordpress(site=told).start_urls == sites


def test_sites_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_text("# ours\nhttps://a.example\n\n  b.example   # the other\na.example\n", encoding="utf-8")
    assert wordpress(site=f"@{file}").start_urls == ["https://a.example/", "https://b.example/"]


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"caf\xe9.example")
    for file in ("missing", "."):
        said = wrong(WordpressArguments, site=f"@{tmp_path / file}")
        assert said.startswith("-a site: cannot read the list of sites ")
    assert "latin, line 1 is not UTF-8" in wrong(WordpressArguments, site=f"@{tmp_path / 'latin'}")
    (tmp_path / "empty").write_text("# nothing yet\n", encoding="utf-8")
    assert "empty names no site" in wrong(WordpressArguments, site=f"@{tmp_path / 'empty'}")


@pytest.mark.parametrize("text", ["", " , ", "https://", "news .example", "ftp://news.example", "https://a:b:c", "{}"])
def test_what_is_no_site(text: str) -> None:
    assert wrong(WordpressArguments, site=text).startswith("-a site: ")


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2025-12-01", datetime(2025, 12, 1, tzinfo=UTC)),
        ("2025-12-01T18:30", datetime(2025, 12, 1, 18, 30, tzinfo=UTC)),
        ("2025-12-01T18:30Z", datetime(2025, 12, 1, 18, 30, tzinfo=UTC)),
        ("2025-12-01T18:30+02:00", datetime(2025, 12, 1, 16, 30, tzinfo=UTC)),
        ("36h", NOW - timedelta(hours=36)),
        ("7d", NOW - timedelta(days=7)),
        (" 2w ", NOW - timedelta(weeks=2)),
    ],
)
def test_since(told: str, moment: datetime) -> None:
    assert wordpress(since=told).since == moment


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2025-12-01", datetime(2025, 12, 1, 23, 59, 59, 999999, tzinfo=UTC)),
        ("20251201", datetime(2025, 12, 1, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2025-12-01T00:00", datetime(2025, 12, 1, tzinfo=UTC)),
        ("1d", NOW - timedelta(days=1)),
        ("99999h", NOW - timedelta(hours=99999)),
    ],
)
def test_until_a_date_includes_that_day(told: str, moment: datetime) -> None:
    assert wordpress(until=told).until == moment


@pytest.mark.parametrize(
    "text", ["yesterday", "2025-13-01", "3.12.2025", "", "d", "-7d", "99999999999d", "999999w", "²d"]
)
def test_what_is_no_date(text: str) -> None:
    for name in ("since", "until"):
        said = wrong(WordpressArguments, site="news.example", **{name: text})
        assert said == f"-a {name}: {text!r} is not a date; write 2025-12-03, 2025-12-03T18:00Z or an age: 36h, 7d, 2w"


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", ""])
def test_what_is_no_limit(text: str) -> None:
    for model in (NavigationArguments, CategoryArguments):
        assert wrong(model, url="https://news.example/a/", limit=text).startswith("-a limit: ")


def test_navigation() -> None:
    arguments = NavigationArguments.model_validate({"url": "news.example/a/?utm_source=x", "limit": "5"})
    assert (arguments.start_urls, arguments.direction, arguments.limit) == (["https://news.example/a/"], "both", 5)
    assert wrong(NavigationArguments, url="news.example", direction="up").startswith("-a direction: ")


def test_category() -> None:
    arguments = CategoryArguments.model_validate({"url": "https://news.example/category/town/"})
    assert (arguments.start_urls, arguments.limit) == (["https://news.example/category/town/"], None)


def test_everything_that_is_wrong_is_said() -> None:
    said = wrong(CategoryArguments, limit="0", direction="older")
    assert said.splitlines() == [
        "-a limit: write how many: 1, 20 …",
        "-a url=… is missing",
        "-a direction=… is not an argument of this spider",
    ]


BROWSER = (
    "  -a browser=1|0                 every page in a browser, or none; else those that are empty until scripts run"
    " (optional)"
)


def test_usage_names_every_argument_required_ones_first() -> None:
    assert usage("wordpress", WordpressArguments).splitlines() == [
        "scrapy crawl wordpress takes:",
        "  -a site=URL[,URL…]|@FILE       the home page of each site, or a file with one on each line",
        "  -a due=1                       instead: the sites of the list (scrapy sites) whose time has come",
        "  -a limit=N                     stop after N articles of each site (optional)",
        BROWSER,
        f"  -a since=DATE|AGE              {SINCE} (optional)",
        "  -a until=DATE|AGE              only articles published up to it (optional)",
        "  -a full=1                      everything now, not only what is new since the last crawl (optional)",
        f"  -a routes=ROUTE[,ROUTE…]       only these ways of finding posts: {ROUTES} (optional)",
        "  -a types=TYPE[,TYPE…]          post types to ask for: post and custom ones, as in post,product (optional)",
    ]
    assert usage("navigation", NavigationArguments).splitlines()[1:] == [
        "  -a url=URL                     any post of the site",
        "  -a limit=N                     stop after N articles of each site (optional)",
        BROWSER,
        "  -a direction=both|older|newer  which way to go (optional)",
    ]


@pytest.mark.parametrize(("told", "read"), [({}, None), ({"browser": "1"}, True), ({"browser": "0"}, False)])
def test_whether_a_browser_is_used(told: dict[str, str], read: bool | None) -> None:
    assert wordpress(**told).browser is read


def test_the_sites_that_are_due() -> None:
    arguments = WordpressArguments.model_validate({"due": "1"})
    assert (arguments.due, arguments.start_urls) == (True, [])
    assert wordpress(due="0").start_urls == ["https://news.example/"]


@pytest.mark.parametrize("narrowed", ["since", "until", "limit"])
def test_a_site_that_is_due_is_looked_at_whole(narrowed: str) -> None:
    assert wrong(WordpressArguments, due="1", **{narrowed: "2025-12-03" if narrowed != "limit" else "5"}) == (
        f"-a due=1 looks for all that is new, so that the next look is due later; it takes no {narrowed}"
    )


def test_sites_are_named_in_one_way() -> None:
    assert wrong(WordpressArguments, site="news.example", due="1") == (
        "either -a site=… or -a due=1, not both: they name the sites in two ways"
    )
    for told in ({}, {"due": "0"}):
        assert wrong(WordpressArguments, **told) == (
            "-a site=… is missing; or crawl the sites of the list that are due: -a due=1"
        )
    assert wrong(WordpressArguments, due="perhaps").startswith("-a due: ")


@pytest.mark.parametrize(
    ("told", "routes"),
    [
        ("rest", ["rest"]),
        (" feed, sitemap ,feed,", ["feed", "sitemap"]),
        ("navigation,archive", ["navigation", "archive"]),
    ],
)
def test_routes(told: str, routes: list[str]) -> None:
    assert wordpress(routes=told).routes == routes


def test_what_is_no_route() -> None:
    for told, said in (
        ("rest,telepathy", "'telepathy' is not a route"),
        ("REST", "'REST' is not a route"),
        (",", "no route named"),
    ):
        assert wrong(WordpressArguments, site="news.example", routes=told) == f"-a routes: {said}; there are: {ROUTES}"


def test_post_types() -> None:
    assert wordpress(types="post, product,web_story,post").types == ["post", "product", "web_story"]
    assert wordpress().types is None


@pytest.mark.parametrize("told", ["Product", "a b", "x" * 21, "post,../users", "é"])
def test_what_is_no_post_type(told: str) -> None:
    said = wrong(WordpressArguments, site="news.example", types=told)
    assert said.startswith("-a types: ")
    assert "is not a post type; WordPress names them with 1 to 20 of a-z, 0-9, _ and -" in said


def test_no_post_type_at_all() -> None:
    said = wrong(WordpressArguments, site="news.example", types=" ,")
    assert said == "-a types: no post type named; write -a types=post,product"


def test_a_whole_crawl_now() -> None:
    assert (wordpress(full="1").full, wordpress().full) == (True, False)


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8080/", True),
        ("http://127.8.0.1/", True),
        ("http://localhost/", True),
        ("http://[::1]:80/", True),
        ("https://localhost.example/", False),
        ("http://10.0.0.1/", False),
        ("https://news.example/", False),
        ("nonsense", False),
    ],
)
def test_what_is_this_machine(url: str, loopback: Any) -> None:
    assert is_loopback(url) is loopback
