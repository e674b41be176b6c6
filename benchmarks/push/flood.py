"""A thousand pings a second: what becomes of memory, of the sites that are named, and of those whose time comes."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

from crawler.storage.embedded import embedded_server
from tests.hostile.server import Page
from tests.spiders.listening import Listener, listening
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Scrapy
from tests.spiders.site_list import a_site, change, follow, is_known
from tests.waiting import soon

_EVERY = 2.0
"""Seconds between two looks at the site that is polled."""


@dataclass
class Watched(RestSite):
    """A site that knows when it was looked at."""

    looked: list[float] = field(default_factory=list)

    def answer(self, target: str) -> Page | None:
        """As the site does."""
        if "modified_after=" in target:
            self.looked.append(time.monotonic())
        return super().answer(target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """What a flood did. Megabytes, seconds."""

    answered: int
    seconds: float
    median: float
    p99: float
    before: float
    most: float
    after: float
    """Resident memory of the process."""
    cpu: float
    """Of the process, while it lasted."""
    looks: list[int]
    """At each of the sites that were named, while it lasted."""
    closest: float
    """Between two looks at one of them."""
    polled: int
    """Looks at the site that was due all the while, and never named."""
    polls_due: int


def flood(folder: Path, *, rate: int, seconds: float, sites: int, window: float) -> Flood:
    """Ping for so many seconds: sites that are followed, and as many that are not."""
    with ExitStack() as stack:
        scrapy = Scrapy(stack.enter_context(embedded_server(folder / "mongo")), "bench")
        *named, polled = [_watched() for _ in range(sites + 1)]
        for site in (*named, polled):
            stack.enter_context(serve(site))
        follow(scrapy, *named, polled)
        listener = stack.enter_context(listening(scrapy, folder, PUSH_DEBOUNCE_SECONDS=str(window)))
        while not soon(lambda: is_known(scrapy, *named, polled)):
            if listener.process.poll() is not None:
                raise RuntimeError(listener.log())
        for site in (*named, polled):
            site.looked.clear()
        return _flooded(scrapy, listener, named, polled, rate, seconds)


def _watched() -> Watched:
    plain = a_site(1)
    return Watched(plain.posts, plain.bases)


def _flooded(
    scrapy: Scrapy, listener: Listener, named: list[Watched], polled: Watched, rate: int, seconds: float
) -> Flood:
    homes = [home for number, site in enumerate(named) for home in (site.origin, f"http://unknown-{number}.example/")]
    before, cpu, sizes, over = _memory(listener), _cpu(listener), list[float](), Event()
    due = Thread(target=_poll, args=(scrapy, polled, over))
    watch = Thread(target=_watch, args=(listener, sizes, over))
    due.start()
    watch.start()
    command = [sys.executable, "-m", "benchmarks.push.loop", str(listener.port), str(rate), str(seconds), *homes]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)  # noqa: S603 - our own
    over.set()
    due.join()
    watch.join()
    spent = _cpu(listener) - cpu
    looks, polls = [len(site.looked) for site in named], len(polled.looked)
    time.sleep(3)
    return Flood(
        **told, before=before, most=max(sizes), after=_memory(listener), cpu=spent, looks=looks, polled=polls,
        closest=min(later - first for site in named for first, later in pairwise(site.looked)),
        polls_due=int(told["seconds"] / _EVERY),
    )  # fmt: skip


def _poll(scrapy: Scrapy, site: RestSite, over: Event) -> None:
    while not over.wait(_EVERY):
        change(scrapy, site, {"next_due_at": datetime.now(UTC)})


def _watch(listener: Listener, sizes: list[float], over: Event) -> None:
    while not over.wait(0.2):
        sizes.append(_memory(listener))


def _memory(listener: Listener) -> float:
    status = Path(f"/proc/{listener.process.pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _cpu(listener: Listener) -> float:
    told = Path(f"/proc/{listener.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def lines(found: Flood) -> list[str]:
    """The figures, in words."""
    per_second = found.answered / found.seconds
    return [
        f"pings answered      {found.answered:,} in {found.seconds:.1f} s: {per_second:,.0f} a second",
        f"time to an answer   median {found.median * 1000:.1f} ms, 99 of 100 within {found.p99 * 1000:.0f} ms",
        f"resident memory     {found.before:.0f} MB before, {found.most:.0f} MB at most, {found.after:.0f} MB after",
        f"CPU of the process  {found.cpu:.1f} s, {found.cpu / found.answered * 1e6:,.0f} µs a ping, crawls included",
        f"looks at each site  {min(found.looks)} to {max(found.looks)}, {found.closest:.1f} s apart at least",
        f"polling             {found.polled} looks at a site that was due {found.polls_due} times and never named",
    ]
