"""The hostile site, crawled whole: every real post, in bounded time, memory and requests, and a reason for the rest."""

import json
import subprocess
import sys
from collections import Counter

from tests.hostile.server import serve_answers
from tests.hostile.site import BOMBS, HEAVY, POSTS, HostileSite
from tests.spiders.running import REPOSITORY, Scrapy

TRAP_PAGES = 20
MOST_SECONDS = 45
"""Of CPU: what the crawl takes of the machine, however busy it is."""
MOST_MEGABYTES = 450
MOST_REQUESTS = 600

SETTINGS = {"TRAP_PAGES": TRAP_PAGES, "DOWNLOAD_TIMEOUT": 30, "RETRY_TIMES": 0, "LOG_LEVEL": "WARNING"}


_MEASURED = (
    "import json, resource, subprocess, sys; status = subprocess.call(sys.argv[1:]); "
    "took = resource.getrusage(resource.RUSAGE_CHILDREN); "
    "json.dump([status, took.ru_maxrss / 1024, took.ru_utime + took.ru_stime], sys.stdout)"
)
"""A small process between: the memory of whoever starts a process counts for it, and tests have much."""


def crawled(scrapy: Scrapy, url: str) -> tuple[int, float, float]:
    """The exit status of a crawl, and what it took: megabytes at most, seconds of CPU."""
    options = [part for name, value in SETTINGS.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "--quiet", "-a", f"site={url}", *options]
    measured = [sys.executable, "-c", _MEASURED, *command]
    done = subprocess.run(
        measured, cwd=REPOSITORY, env=scrapy.environment, stdout=subprocess.PIPE, timeout=300, check=True
    )
    status, megabytes, seconds = json.loads(done.stdout)
    return status, megabytes, seconds


def test_a_hostile_site_is_crawled_whole_within_bounds(scrapy: Scrapy) -> None:
    site = HostileSite()
    with serve_answers(site.answer) as url:
        status, megabytes, seconds = crawled(scrapy, url)
    counts = scrapy.last_run()["counts"]
    assert status == 3
    stored = {article["wp_id"] for article in scrapy.find()}
    assert set(POSTS.values()) <= stored <= {*POSTS.values(), 101, 102, 103}
    expected = Counter(reason for _, reason in BOMBS.values())
    assert {
        reason: counts.get(reason.split("/")[0], {}).get(reason.split("/")[1], 0) for reason in expected
    } == expected
    rules = {"replytocom", "search", "calendar", "shop", "query", "login", "admin", "feed", "share", "too_deep"}
    assert rules | {"too_long", "file", "budget"} <= counts["rejected"].keys()
    asked = Counter("/".join(path.split("/")[:2]) for path in site.asked)
    assert asked["/events"] <= 2 * TRAP_PAGES
    assert asked["/again"] <= len(POSTS) + 2
    assert not any("wp-login" in path or "replytocom" in path for path in site.asked)
    assert len(site.asked) <= MOST_REQUESTS
    assert megabytes <= MOST_MEGABYTES
    assert seconds <= MOST_SECONDS
    assert len(HEAVY) == sum(path.startswith("/heavy/") for path in set(site.asked))
