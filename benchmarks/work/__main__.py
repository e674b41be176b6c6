"""Runs the drills of workers. Exit status 1: something was lost, stored twice, fetched by two at once, or too soon."""

import json
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from benchmarks.work.crowd import Crowd
from benchmarks.work.failing import Failing
from benchmarks.work.fleet import fleet
from benchmarks.work.sites import Sites, serve
from benchmarks.work.takeover import Takeover
from crawler.settings import ITEM_PIPELINES

WITHOUT_COPIES = {name: place for name, place in ITEM_PIPELINES.items() if name != "pipelines.group.Group"}
"""Copies are for other drills; looking for them is half of what an article asks of the database."""


def main(arguments: list[str] | None = None) -> int:
    """Run one of them; gives the exit status."""
    told = _options(arguments)
    drills = {"failures": _failures, "crowd": _crowd, "takeover": _takeover}
    wrong = 0
    folder = Path(tempfile.mkdtemp(prefix="presswalk-work-"))
    print(f"logs are in {folder}", flush=True)
    for line in drills[told.drill](told, folder):
        print(line, flush=True)
        wrong += line.startswith("WRONG")
    return 1 if wrong else 0


def _failures(told: Namespace, folder: Path) -> Iterator[str]:
    settings = _pace(told.delay) | {
        "LEASE_SECONDS": str(told.lease), "WORK_SITES": str(told.sites), "WORK_SLICE_SECONDS": str(4 * told.lease),
        "WORK_STOP_SECONDS": "20",
    } | _pipelines(told)  # fmt: skip
    began = time.monotonic()
    with serve(Sites(told.sites, told.posts)) as sites, fleet(sites, folder, settings) as workers:
        failing = Failing(workers, told.times, told.delay, told.lease)
        yield from failing.run()
        yield f"{len(failing.happened)} failures in {time.monotonic() - began:.0f} s"
        yield from failing.outcome()


def _crowd(told: Namespace, folder: Path) -> Iterator[str]:
    settings = _pace(told.delay) | {
        "LEASE_SECONDS": "30", "WORK_SITES": "16", "SCHEDULE_MIN_MINUTES": "1",
        "SCHEDULE_MAX_HOURS": str(told.interval / 3600),
    } | _pipelines(told)  # fmt: skip
    sites = Sites(told.sites, 3, has_rest=True, words=30)
    with serve(sites), fleet(sites, folder, settings) as workers:
        crowd = Crowd(workers, told.seconds)
        yield from crowd.run()
        yield from crowd.outcome()


def _takeover(told: Namespace, folder: Path) -> Iterator[str]:
    settings = _pace(told.delay) | {
        "LEASE_SECONDS": str(told.lease), "WORK_SITES": str(told.places or told.sites),
        "WORK_SLICE_SECONDS": str(told.slice),
    } | _pipelines(told)  # fmt: skip
    with serve(Sites(told.sites, told.posts)) as sites, fleet(sites, folder, settings) as workers:
        takeover = Takeover(workers, told.times, told.lease)
        yield from takeover.run()
        yield from takeover.outcome()


def _pipelines(told: Namespace) -> dict[str, str]:
    return {} if told.copies else {"ITEM_PIPELINES": json.dumps(WITHOUT_COPIES)}


def _pace(delay: float) -> dict[str, str]:
    return {
        "DOWNLOAD_DELAY": str(delay), "DOWNLOAD_DELAY_JITTER": "0", "AUTOTHROTTLE_START_DELAY": str(delay),
        "LOG_LEVEL": "INFO",
    }  # fmt: skip


def _options(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.work", description=__doc__)
    drills = parser.add_subparsers(dest="drill", required=True)
    failures = drills.add_parser("failures", help="of workers, of the broker and of the database in turn")
    failures.add_argument("--sites", type=int, default=40)
    failures.add_argument("--posts", type=int, default=20)
    failures.add_argument("--times", type=int, default=3, help="failures of each kind")
    failures.add_argument("--delay", type=float, default=6.0, help="seconds between two requests to a site")
    failures.add_argument("--lease", type=float, default=30.0)
    crowd = drills.add_parser("crowd", help="of sites that are due again and again")
    crowd.add_argument("--sites", type=int, default=1000)
    crowd.add_argument("--seconds", type=float, default=600.0)
    crowd.add_argument("--delay", type=float, default=0.5)
    crowd.add_argument("--interval", type=float, default=300.0, help="seconds after which a site is due again")
    takeover = drills.add_parser("takeover", help="after how long the sites of a killed worker have another one")
    takeover.add_argument("--sites", type=int, default=12)
    takeover.add_argument("--posts", type=int, default=400)
    takeover.add_argument("--times", type=int, default=8, help="kills")
    takeover.add_argument("--delay", type=float, default=1.0, help="seconds between two requests to a site")
    takeover.add_argument("--lease", type=float, default=6.0)
    takeover.add_argument("--places", type=int, default=0, help="WORK_SITES (default: one for every site)")
    takeover.add_argument("--slice", type=float, default=20.0, help="WORK_SLICE_SECONDS")
    for drill in (failures, crowd, takeover):
        drill.add_argument("--copies", action="store_true", help="look for copies, too (pipelines.group)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
