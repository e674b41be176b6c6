"""Runs the drills and prints what came of them. Exit status 1: something was lost, stored twice or does not fit."""

import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from benchmarks.drills.crawling import Crawls
from benchmarks.drills.kills import Killing
from benchmarks.drills.memory import NOT_STORED, samples
from benchmarks.drills.newsroom import Newsroom, serve
from benchmarks.drills.outages import database, killed, outage, stopped

_AFTER = 8
"""Requests before the database goes away: the first articles are stored by then."""


def main(arguments: list[str] | None = None) -> int:
    """Run one of them; gives the exit status."""
    told = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="presswalk-drill-") as folder:
        drills = {"kills": _kills, "outages": _outages, "memory": _memory}
        wrong = 0
        for line in drills[told.drill](told, Path(folder)):
            print(line, flush=True)
            wrong += line.startswith("WRONG")
    return 1 if wrong else 0


def _kills(told: Namespace, folder: Path) -> Iterator[str]:
    began = time.monotonic()
    with serve(Newsroom(posts=told.posts)) as site:
        crawls = Crawls(site, folder)
        killing = Killing(crawls, kills=told.kills, seed=told.seed, longest=told.longest)
        yield from killing.run()
        yield f"{killing.killed} killed in {time.monotonic() - began:.0f} s; {crawls.counted()}"
        yield from (f"WRONG {problem}" for problem in crawls.wrong())


def _outages(told: Namespace, folder: Path) -> Iterator[str]:
    for away in (killed, stopped):
        with serve(Newsroom(posts=told.posts)) as site, database(folder / away.__name__ / "own") as server:
            crawls = Crawls(site, folder / away.__name__, server.uri)
            yield f"{away.__name__} for {told.seconds} s: {outage(crawls, away(server), told.seconds, _AFTER)}"
            yield f"{crawls.counted()}"
            yield from (f"WRONG {problem}" for problem in crawls.wrong())
    with serve(Newsroom(posts=told.posts)) as site, database(folder / "long" / "own") as server:
        settings = {"OUTAGE_SECONDS": str(told.seconds / 4)}
        crawls = Crawls(site, folder / "long", server.uri, settings)
        yield f"away for longer than OUTAGE_SECONDS: {outage(crawls, killed(server), told.seconds, _AFTER)}"
        yield f"{crawls.counted()}, kept: {[path.stat().st_size for path in crawls.spilled]}"
        yield f"the next run: exit status {crawls.run()}, {crawls.counted()}, kept: {crawls.spilled}"
        yield from (f"WRONG {problem}" for problem in crawls.wrong())


def _memory(told: Namespace, folder: Path) -> Iterator[str]:
    with serve(Newsroom(posts=told.posts, has_rest=not told.pages)) as site:
        crawls = Crawls(site, folder, settings={} if told.stored else NOT_STORED)
        for sample in samples(crawls, told.every):
            yield f"{sample.seconds:7.0f} s {sample.requests:7,} requests {sample.megabytes:7.1f} MB"


def _options(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.drills", description=__doc__)
    drills = parser.add_subparsers(dest="drill", required=True)
    kills = drills.add_parser("kills", help="of the crawler and of the embedded database in turn")
    kills.add_argument("--posts", type=int, default=2000)
    kills.add_argument("--kills", type=int, default=50)
    kills.add_argument("--seed", type=int, default=20251203)
    kills.add_argument("--longest", type=float, default=12.0, help="seconds between two kills, at most")
    outages = drills.add_parser("outages", help="of the database, which is stopped, or killed and started again")
    outages.add_argument("--posts", type=int, default=400)
    outages.add_argument("--seconds", type=float, default=60.0)
    memory = drills.add_parser("memory", help="of a crawl of generated posts")
    memory.add_argument("--posts", type=int, default=5000)
    memory.add_argument("--pages", action="store_true", help="by sitemaps and pages, instead of by REST")
    memory.add_argument("--stored", action="store_true", help="into the embedded database, which takes much longer")
    memory.add_argument("--every", type=float, default=10.0, help="seconds between two samples")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
