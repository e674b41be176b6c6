"""The drills of workers in short: one is frozen, one is stopped, one is killed; and what a site says of its visits."""

from pathlib import Path

from benchmarks.work.conduct import Seen, Visit, quantile
from benchmarks.work.failing import Failing
from benchmarks.work.fleet import fleet
from benchmarks.work.sites import Sites, serve
from benchmarks.work.takeover import Takeover
from tests.broker import required


def test_a_worker_that_is_frozen_stopped_or_killed_is_succeeded_by_another_and_does_nothing_late(
    tmp_path: Path,
) -> None:
    required()
    settings = {
        "DOWNLOAD_DELAY": "0.5", "DOWNLOAD_DELAY_JITTER": "0", "AUTOTHROTTLE_START_DELAY": "0.5", "LEASE_SECONDS": "6",
        "WORK_SITES": "3", "WORK_SLICE_REQUESTS": "15", "WORK_STOP_SECONDS": "5",
    }  # fmt: skip
    with serve(Sites(3, 12)) as sites, fleet(sites, tmp_path, settings) as workers:
        drill = Failing(workers, times=1, delay=0.5, lease=6.0, longest=3.0, kinds=("SIGSTOP", "SIGTERM", "SIGKILL"))
        list(drill.run())
        assert [line for line in drill.outcome() if line.startswith("WRONG")] == []
        assert drill.happened


def test_the_sites_of_a_worker_that_is_killed_have_another_one_soon(tmp_path: Path) -> None:
    required()
    settings = {
        "DOWNLOAD_DELAY": "0.5", "DOWNLOAD_DELAY_JITTER": "0", "AUTOTHROTTLE_START_DELAY": "0.5", "LEASE_SECONDS": "4",
        "WORK_SITES": "2", "WORK_STOP_SECONDS": "5",
    }  # fmt: skip
    with serve(Sites(2, 60)) as sites, fleet(sites, tmp_path, settings) as workers:
        drill = Takeover(workers, times=1, lease=4.0)
        assert len(list(drill.run())) == 1
        assert (bool(drill.taken), drill.left) == (True, [])
        assert all(one.asked > 1 for one in drill.taken), (
            "what is held is held for two thirds of a lease, in whole seconds"
        )


def test_what_a_site_saw_that_was_wrong_is_named() -> None:
    visits = [
        Visit(0.0, "A", 1, "/", 0.1), Visit(1.0, "A", 1, "/post-1/", 3.0), Visit(2.0, "B", 2, "/post-1/", 2.1),
        Visit(2.2, "A", 1, "/post-2/", 2.3),
    ]  # fmt: skip
    seen = Seen("site", visits)
    assert list(seen.problems(0.8)) == [
        "site: A and B at the same time",
        "site: A asks with 1 after 2: /post-2/",
        "site: A 0.200 s after B: /post-2/",
    ]
    assert [(before, worker, at, round(waited, 3)) for before, worker, at, waited in seen.takeovers()] == [
        ("A", "B", 1.0, 1.0),
        ("B", "A", 2.0, 0.2),
    ]
    assert seen.most_often() == 2
    assert (quantile([], 0.5), quantile([3, 1, 2], 0.5), quantile([3, 1, 2], 1)) == (0, 2, 3)
