"""``scrapy crawl`` at the terminal and from cron: arguments, statuses, what is printed where."""

import signal
import subprocess
import sys
import time

import pytest

from demo.content import demo_site
from demo.server import serve
from tests.spiders.running import REPOSITORY, Scrapy


def test_the_spiders_are_listed(scrapy: Scrapy) -> None:
    assert scrapy.run("list").out.split() == ["category", "listen", "navigation", "wordpress"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["wordpress"], ["-a site=… is missing", "scrapy crawl wordpress takes:", "-a since=DATE|AGE"]),
        (["navigation"], ["-a url=… is missing", "-a direction=both|older|newer"]),
        (["category"], ["-a url=… is missing"]),
        (["listen", "-a", "site=https://news.example"], ["listen takes no site: it follows the list", "-a routes="]),
        (["wordpress", "-a", "site=not a url"], ["'not a url' is not a web address"]),
        (["wordpress", "-a", "site=ftp://news.example"], ["is not a web address"]),
        (["wordpress", "-a", "site=@missing.txt"], ["cannot read the list of sites"]),
        (["wordpress", "-a", "site=https://news.example", "-a", "since=tomorrow"], ["'tomorrow' is not a date"]),
        (["wordpress", "-a", "site=x.example", "-a", "since=2025-02-01", "-a", "until=2025-01-01"], ["since is later"]),
        (["wordpress", "-a", "site=https://news.example", "-a", "limit=0"], ["-a limit:"]),
        (["wordpress", "-a", "site=https://news.example", "-a", "colour=red"], ["-a colour=… is not an argument"]),
        (
            ["wordpress", "-a", "site=x.example", "-s", "DOWNLOAD_DELAY=abc"],
            ["DOWNLOAD_DELAY is 'abc'; it is a number"],
        ),
        (["wordpress", "-a", "site=x.example", "-L", "LOUD"], ["scrapy crawl: LOG_LEVEL is 'LOUD'; it is DEBUG, INFO"]),
        (["nonsense"], ["there is no spider 'nonsense'; there are: category, listen, navigation, wordpress"]),
        ([], ["name one spider; there are: category, listen, navigation, wordpress"]),
        (["wordpress", "https://news.example"], ["name one spider", "what to crawl is said as -a site=…"]),
    ],
)
def test_wrong_arguments_are_explained(scrapy: Scrapy, command: list[str], said: list[str]) -> None:
    outcome = scrapy.run("crawl", *command)
    assert outcome.status == 2
    assert outcome.err.startswith("scrapy crawl"), "Python and argparse would begin with other words"
    for words in said:
        assert words in outcome.err
    assert scrapy.find("runs") == []


def test_a_setting_that_is_none_is_told_and_the_crawl_goes_on(scrapy: Scrapy, plain_site: str) -> None:
    outcome = scrapy.crawl("wordpress", "-s", "DUPLICATE=drop", "-s", "MY_OWN=1", site=plain_site)
    assert outcome.status == 5
    (line,) = (line for line in outcome.err.splitlines() if "-s " in line)
    assert "WARNING" in line
    assert line.endswith("-s DUPLICATE=… is no setting, and does nothing; did you mean DUPLICATES?")
    asked = scrapy.run("articles", "-s", "duplicates=drop")
    assert (asked.status, asked.out) == (0, "")
    assert asked.err.startswith("-s duplicates=… is no setting, and does nothing; did you mean DUPLICATES?\n")


def test_quiet_prints_nothing_when_all_is_well(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served:
        outcome = scrapy.crawl("wordpress", "--quiet", site=served.url, limit="3")
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")


def test_quiet_prints_only_errors(scrapy: Scrapy, plain_site: str) -> None:
    outcome = scrapy.crawl("wordpress", "--quiet", site=plain_site)
    assert outcome.status == 5
    assert outcome.out == ""
    (line,) = outcome.err.splitlines()
    assert "ERROR" in line
    assert "is not a WordPress site" in line


def test_the_closing_table(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served:
        outcome = scrapy.crawl("wordpress", site=served.url)
    rows = dict(line.strip().split(maxsplit=1) for line in outcome.out.splitlines() if line.startswith("  "))
    assert rows["found"] == rows["new"] == "42"
    assert rows["changed"] == rows["unchanged"] == rows["gone"] == rows["errors"] == "0"
    assert rows["duplicates"] == "1"
    assert rows["result"] == "done (exit status 0)"
    assert scrapy.database_name in rows["articles"]
    assert outcome.out.splitlines()[-1].startswith("Look at them:")


def test_where_nothing_was_found_there_is_nothing_to_look_at(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served:
        outcome = scrapy.crawl("wordpress", site=served.url, since="2099-01-01")
    assert outcome.status == 0
    assert "Look at them" not in outcome.out
    assert outcome.out.splitlines()[-1].startswith("  articles ")


def test_the_database_does_not_answer(scrapy: Scrapy) -> None:
    started = time.monotonic()
    outcome = scrapy.run(
        "crawl", "wordpress", "-a", "site=http://127.0.0.1:9/", MONGODB_URI="mongodb://editor:s3cret@127.0.0.1:9/news"
    )
    assert outcome.status == 7
    assert "no MongoDB answers at mongodb://editor:***@127.0.0.1:9/news" in outcome.err
    assert "s3cret" not in outcome.err + outcome.out
    assert time.monotonic() - started < 25  # ten seconds for the answer, the rest for Python to start on a busy machine


def test_two_runs_of_one_site_at_once(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served:
        assert scrapy.run("sites", "add", served.url).status == 0
        slow = ["-s", 'DOWNLOAD_SLOTS={"127.0.0.1": {"delay": 2, "concurrency": 1}}']
        command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={served.url}", "--quiet", *slow]
        environment = {"MONGODB_URI": scrapy.uri, "MONGODB_DATABASE": scrapy.database_name}
        first = subprocess.Popen(command, cwd=REPOSITORY, env={"PATH": "/usr/bin:/bin", **environment})
        try:
            while not scrapy.find("locks"):
                assert first.poll() is None
                time.sleep(0.05)
            second = scrapy.crawl("wordpress", "--quiet", site=served.url)
            of_the_list = scrapy.crawl("wordpress", "--quiet", due="1")
        finally:
            first.send_signal(signal.SIGTERM)
            assert first.wait(60) == 9
    assert (of_the_list.status, of_the_list.err) == (8, "")
    assert second.status == 8
    assert "is being crawled by another run" in second.err
    assert scrapy.find("locks") == []


def test_articles_are_listed(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served:
        scrapy.crawl("wordpress", "--quiet", site=served.url)
    heading, *table = scrapy.run("articles", "--limit", "2").out.splitlines()
    assert heading.startswith("PUBLISHED")
    assert table[0].startswith("2025-12-03 09:45  127.0.0.1")
    assert len(table) == 2
    assert len(scrapy.run("articles", "--format", "jsonl", "--limit", "0").out.splitlines()) == 42
