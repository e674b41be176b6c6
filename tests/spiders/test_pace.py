"""What a site says of its pace is kept, to the second, and another site goes on meanwhile."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from tests.hostile.server import Page, serve_answers
from tests.spiders.running import Outcome, Scrapy
from tests.spiders.test_bad_input import home, post

DELAY, RETRY_AFTER = 0.5, 2
LATE = 0.1
"""Seconds by which a busy machine may see one request later than the next."""


@dataclass
class Clocked:
    """A site of plain pages that notes when each was asked for."""

    pages: dict[str, Page]
    busy: list[Page] = field(default_factory=list)
    """Given instead of ``/post-3/``, one after the other."""
    asked: list[tuple[float, str]] = field(default_factory=list)

    def answer(self, target: str) -> Page | None:
        self.asked.append((time.monotonic(), target))
        return self.busy.pop(0) if self.busy and target == "/post-3/" else self.pages.get(target)


@dataclass(frozen=True)
class Seen:
    slow: Clocked
    other: Clocked
    outcome: Outcome
    scrapy: Scrapy


def plain(count: int, robots: str) -> Clocked:
    posts = {f"/post-{n}/": post(n) for n in range(1, count + 1)}
    rules = Page(robots.encode(), headers={"Content-Type": "text/plain"})
    return Clocked({"/": home(*posts), "/robots.txt": rules, **posts})


@pytest.fixture
def seen(scrapy: Scrapy) -> Iterator[Seen]:
    slow = plain(4, f"User-agent: *\nCrawl-delay: 60\n\nUser-agent: presswalk\nCrawl-delay: {DELAY}\n")
    slow.busy = [Page(status=429, headers={"Retry-After": str(RETRY_AFTER)})]
    other = plain(50, "User-agent: *\nCrawl-delay: 0.1\n")
    with serve_answers(slow.answer) as first, serve_answers(other.answer) as second:
        elsewhere = second.replace("127.0.0.1", "localhost")
        outcome = scrapy.crawl("wordpress", site=f"{first},{elsewhere}", routes="archive")
        yield Seen(slow, other, outcome, scrapy)


def test_crawl_delay_and_retry_after_are_kept_and_the_other_site_goes_on(seen: Seen) -> None:
    assert seen.outcome.status == 0, seen.outcome.err
    times = [at for at, path in seen.slow.asked if path != "/robots.txt"]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) > DELAY - LATE
    refused = next(at for at, path in seen.slow.asked if path == "/post-3/")
    after = min(at for at in times if at > refused)
    assert after - refused > RETRY_AFTER - LATE
    assert sum(path == "/post-3/" for _, path in seen.slow.asked) == 2
    assert len([at for at, _ in seen.other.asked if refused < at < after]) > 5
    assert len(seen.scrapy.find()) == 54
    counts = seen.scrapy.last_run()["counts"]
    assert counts["pauses"] == {"http_429": 1, "seconds": RETRY_AFTER}
    assert counts["errors"] == {}
    assert "is left alone for 2.0 s (http_429)" in seen.outcome.err
