"""How much memory a crawl takes, over its time."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.drills.crawling import Crawls

NOT_STORED = {"ITEM_PIPELINES": '{"pipelines.normalise.Normalise": 100}'}
"""Settings of a crawl that stores nothing, since the embedded database takes hours for what the crawler reads in
minutes. What the other pipelines hold are the articles on their way, which the batch size bounds."""


class Sample(NamedTuple):
    """At one moment of a crawl."""

    seconds: float
    requests: int
    megabytes: float
    """Resident."""


def samples(crawls: Crawls, every: float) -> Iterator[Sample]:
    """Crawl; a sample at each so many seconds. Raises RuntimeError if the crawl fails."""
    began, answered = time.monotonic(), crawls.site.answered
    with crawls.started() as crawl:
        while crawl.poll() is None:
            time.sleep(every)
            if (megabytes := _resident(crawl.pid)) is not None:
                yield Sample(time.monotonic() - began, crawls.site.answered - answered, megabytes)
    if crawl.returncode:
        raise RuntimeError(f"exit status {crawl.returncode}: {crawls.log()[-3000:]}")


def _resident(pid: int) -> float | None:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:")), None)
