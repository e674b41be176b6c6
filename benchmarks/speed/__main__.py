"""Crawls a newspaper that nginx serves on loopback, in every way, and holds what the crawler costs against floors.

CPU time of the crawler's process, by post; ratios to Scrapy's own floor are what is kept, since they do not depend on
how fast the machine is. Needs Debian's ``nginx-light``. Stored in MONGODB_URI, or in an embedded database, which takes
most of the wall time. Exit status 1 if a figure is worse than its floor.
"""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pymongo import MongoClient

from benchmarks.floors import Floors, add_options
from benchmarks.speed import instructions
from benchmarks.speed.crawls import DATABASES, Cost, Crawls, Measure, cpu_seconds
from benchmarks.speed.figures import figures, missed, table
from benchmarks.speed.serving import nginx, served
from crawler.storage.embedded import embedded_server

FLOORS = Floors(
    Path(__file__).with_name("floors.toml"),
    "# What must be reached, by number of posts; all are ceilings. Written by `python -m benchmarks.speed` on demand.",
    falling=frozenset(
        {"read_to_floor", "html_to_floor", "rest_to_floor", "html_to_read", "start_to_scrapys", "html_commands",
         "rest_commands", "again_commands", "html_growth", "html_megabytes", "rest_megabytes",
         "html_millions", "rest_millions", "counted_html_to_floor", "counted_rest_to_floor"}
    ),
    not_kept=frozenset({"rest_per_second", "floor_millions", "read_millions"}),
    slack={"read_to_floor": 1.0, "html_to_floor": 1.0, "rest_to_floor": 0.5, "html_to_read": 0.3,
           "start_to_scrapys": 0.2, "html_commands": 0.2, "rest_commands": 0.1, "again_commands": 5.0,
           "html_growth": 0.05, "html_megabytes": 15.0, "rest_megabytes": 15.0,
           "html_millions": 1.5, "rest_millions": 0.5, "counted_html_to_floor": 0.25, "counted_rest_to_floor": 0.1},
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run; gives the exit status."""
    parser = ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", metavar="N", help="1000 (default), 5000, 20000")
    parser.add_argument("--instructions", action="store_true", help="count them, of 200 posts; takes ten minutes")
    add_options(parser)
    options = parser.parse_args(arguments)
    if nginx() is None:
        print("nginx is not installed (apt-get install nginx-light). Nothing measured.")
        return 0
    if not options.instructions:
        return FLOORS.hold({f"posts-{posts}": _measured(posts) for posts in options.posts or [1000]}, options)
    if not instructions.is_possible():
        print("valgrind is not installed (apt-get install valgrind). Nothing counted.")
        return 0
    return FLOORS.hold({f"instructions-{posts}": _counted(posts) for posts in options.posts or [200]}, options)


def _measured(posts: int) -> dict[str, float]:
    print(f"\n{posts:,} posts, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as name, crawls_of(posts, Path(name)) as crawls:
        costs = measured(crawls)
        found = figures(costs, min(crawls.scrapys_start() for _ in range(3)))
    print("\n".join([*table(costs), *(f"{name:20}{value:10.2f}" for name, value in found.items()), *missed(found)]))
    return found


def _counted(posts: int) -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory() as name,
        crawls_of(posts, Path(name), instructions.millions, instructions.SETTINGS) as crawls,
    ):
        found = instructions.measured(crawls)
    print("\n".join(f"{name:24}{value:10.2f}" for name, value in found.items()))
    return found


def measured(crawls: Crawls) -> list[Cost]:
    """One after the other: the floor, with reading, by HTML, by REST, and with nothing new."""
    return [crawls.floor(), crawls.read(), crawls.html(), crawls.rest(), crawls.again()]


@contextmanager
def crawls_of(
    posts: int, folder: Path, measure: Measure = cpu_seconds, settings: Mapping[str, str] | None = None
) -> Iterator[Crawls]:
    """Of a newspaper of that size, into databases that are there only for as long as the context lasts."""
    with served(posts, folder / "site") as paper, _database(folder / "mongo") as uri:
        yield Crawls(paper, folder, uri, measure, settings or {})


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    if not (uri := os.environ.get("MONGODB_URI")):
        with embedded_server(folder) as uri:
            yield uri
        return
    with MongoClient[dict[str, object]](uri) as client:
        for name in DATABASES:
            client.drop_database(name)
        yield uri
        for name in DATABASES:
            client.drop_database(name)


if __name__ == "__main__":
    sys.exit(main())
