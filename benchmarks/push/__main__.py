"""From a ping to the article, and a flood of pings: measured, printed, and held against the targets.

The first needs Debian's packages of WordPress, PHP and MariaDB. Exit status 1 if a target is missed.
"""

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from statistics import median

from benchmarks.push.flood import Flood, flood, lines
from benchmarks.push.latency import TARGET, table, timelines
from tests.wordpress.install import what_is_missing
from tests.wordpress.mariadb import private_mariadb

MOST_GROWTH = 64
"""Megabytes by which the process may grow while it is flooded."""


def main(arguments: list[str] | None = None) -> int:
    """Run; gives the exit status."""
    parser = ArgumentParser(prog="python -m benchmarks.push", description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="articles that WordPress publishes; 0: none")
    parser.add_argument("--rate", type=int, default=1000, help="pings a second; 0: no flood")
    parser.add_argument("--seconds", type=float, default=30, help="that the flood lasts")
    parser.add_argument("--sites", type=int, default=20, help="that are named in it")
    parser.add_argument("--window", type=float, default=10, help="PUSH_DEBOUNCE_SECONDS of the flood")
    told = parser.parse_args(arguments)
    missed = []
    with tempfile.TemporaryDirectory() as name:
        if told.runs:
            missed += _latency(Path(name), told.runs)
        if told.rate:
            folder = Path(name) / "flood"
            folder.mkdir()
            found = flood(folder, rate=told.rate, seconds=told.seconds, sites=told.sites, window=told.window)
            print("\n".join(["", f"{told.rate:,} pings a second for {told.seconds:.0f} s", *lines(found)]), flush=True)
            missed += missed_by(found, told.window)
    print("\n".join(["", *(missed or ["Every target is met."])]))
    return 1 if missed else 0


def _latency(folder: Path, runs: int) -> list[str]:
    if missing := what_is_missing():
        print(f"No WordPress to ping; not found: {', '.join(missing)}. Not measured.")
        return []
    with private_mariadb() as mariadb:
        found = timelines(mariadb, folder, runs)
    print("\n".join(table(found)), flush=True)
    took = median(one.total for one in found)
    return [f"from the ping to the article: {took:.1f} s, the target is {TARGET:.0f}"] if took > TARGET else []


def missed_by(found: Flood, window: float) -> list[str]:
    """What did not go as it should; that a loaded machine answers fewer pings is no fault of the receiver's."""
    most = int(found.seconds / window) + 2  # at the first push, at the end of each window, and one in flight
    return [
        line
        for line, is_so in (
            (f"memory grew by {found.most - found.before:.0f} MB", found.most - found.before > MOST_GROWTH),
            (f"a site was looked at {max(found.looks)} times", max(found.looks) > most),
            (f"a site was looked at {min(found.looks)} times", min(found.looks) < int(found.seconds / window)),
            (f"polling: {found.polled} looks of {found.polls_due}", found.polled < found.polls_due / 2),
        )
        if is_so
    ]


if __name__ == "__main__":
    sys.exit(main())
