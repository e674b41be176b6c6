"""Crawls a real WordPress in every way, prints what it costs, and holds that against the targets.

Needs Debian's packages of WordPress, PHP and MariaDB. Exit status 1 if a target is missed; 0 if they are not there.
"""

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from benchmarks.routes.crawls import ALONE, first_crawls, ladder
from benchmarks.routes.newspaper import Newspaper, newspaper
from benchmarks.routes.table import head, row
from benchmarks.routes.targets import Cost, missed
from tests.wordpress.install import what_is_missing
from tests.wordpress.mariadb import private_mariadb
from tests.wordpress.seeded import seed


def main(arguments: list[str] | None = None) -> int:
    """Run; gives the exit status."""
    options = _options(arguments)
    if missing := what_is_missing():
        print(f"No WordPress to crawl; not found: {', '.join(missing)}. Nothing measured.")
        return 0
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory() as name, private_mariadb() as mariadb:
        folder = Path(name)
        seeded = seed(mariadb, folder)
        for posts in options.posts:
            with newspaper(seeded, posts, folder) as paper:
                costs += _measured(paper, options)
    lines = missed(costs)
    print("\n".join(["", *lines]) if lines else "\nEvery target is met.")
    return 1 if lines else 0


def _options(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.routes", description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[120, 5000], metavar="N", help="default: 120 5000")
    parser.add_argument(
        "--routes", nargs="*", choices=ALONE, default=ALONE, help="measure alone only these; default: all"
    )
    return parser.parse_args(arguments)


def _measured(paper: Newspaper, options: Namespace) -> Iterator[Cost]:
    print("\n" + head(paper.posts), flush=True)
    for cost in chain(ladder(paper), first_crawls(paper, options.routes)):
        print(row(cost), flush=True)
        yield cost


if __name__ == "__main__":
    sys.exit(main())
