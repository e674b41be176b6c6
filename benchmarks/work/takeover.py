"""A worker is killed while another one is free: after how long its sites have another one. One kill at a time."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pymongo.collection import Collection

from benchmarks.work.conduct import quantile
from benchmarks.work.fleet import DATABASE, Fleet
from crawler.changes import Document
from crawler.storage.connect import connect

_LOOKS_APART = 0.25
"""Seconds between two looks at the leases."""

_CRON_SECONDS = 5.0

_MOST_LEASES = 6
"""For so many a site is waited for."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A site that a killed worker had: seconds from the kill to its next lease, and to the first request under it."""

    site: str
    claimed: float
    asked: float


@dataclass
class Takeover:
    """So many kills, each of the worker that has most sites; ``lease``: in seconds."""

    fleet: Fleet
    times: int
    lease: float
    taken: list[Taken] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Nobody took them over."""
    _leased: Collection[Document] = field(init=False)
    _lost: dict[str, int] = field(default_factory=dict)
    """How often in a row a site was lost: more than twice, and it waits for others of its kind."""
    _claims: dict[str, dict[int, tuple[str, float]]] = field(default_factory=dict)
    """Of each site: the number of a lease -> who had it, and when that was first seen."""

    def run(self) -> Iterator[str]:
        """What became of each kill."""
        self.fleet.add_sites()
        with connect(self.fleet.store.uri) as client:
            self._leased = client[DATABASE]["sites"]
            yield from self._run()

    def _run(self) -> Iterator[str]:
        self.fleet.supervise()
        for number in range(1, self.times + 1):
            self._wait_until(lambda: len(self._held()) == self.fleet.sites.count and not any(self._lost.values()), 120)
            worker, had = self._busiest()
            killed_at = time.monotonic()
            self.fleet.kill(worker)
            self.fleet.supervise()
            self._wait_until(lambda had=had: all(map(self._is_taken, had.items())), _MOST_LEASES * self.lease)  # type: ignore[misc]  # of mypy: a default is no type
            for site, token in had.items():
                self._note(site, token, killed_at)
            yield f"{number}: {worker} had {len(had)} sites"

    def outcome(self) -> Iterator[str]:
        """How long it took, and what took too long."""
        for what, waits in (
            ("next lease", [one.claimed for one in self.taken]),
            ("first request", [one.asked for one in self.taken]),
        ):
            told = " / ".join(f"{quantile(waits, share):.1f}" for share in (0, 0.5, 0.95, 1))
            yield f"{what} of {len(waits)} sites after {told} s (least, median, 95 %, most); a lease: {self.lease:g} s"
        yield from (f"WRONG {site}: nobody took it over in {_MOST_LEASES} leases" for site in self.left)
        late = (one for one in self.taken if one.claimed > 2 * self.lease)
        yield from (f"WRONG {one.site}: taken over after {one.claimed:.1f} s" for one in late)

    def _look(self) -> None:
        found = list(self._leased.find({"lease": {"$exists": True}}, {"lease": 1}))
        now = time.monotonic()
        for site in found:
            lease = site["lease"]
            self._lost[site["_id"]] = lease.get("lost", 0)
            self._claims.setdefault(site["_id"], {}).setdefault(lease["token"], (lease["owner"], now))

    def _held(self) -> dict[str, int]:
        """The sites that a worker has that is alive, with the number of its lease."""
        alive = {str(self.fleet.workers[name].pid) for name in self.fleet.alive}
        last = {site: max(claims.items()) for site, claims in self._claims.items()}
        return {site: token for site, (token, (owner, _)) in last.items() if owner.rpartition(":")[2] in alive}

    def _busiest(self) -> tuple[str, dict[str, int]]:
        """The worker that has most sites, and them."""
        owners = {site: self._claims[site][token][0].rpartition(":")[2] for site, token in self._held().items()}
        [(pid, _)] = Counter(owners.values()).most_common(1)
        name = next(name for name in self.fleet.alive if str(self.fleet.workers[name].pid) == pid)
        return name, {site: token for site, token in self._held().items() if owners[site] == pid}

    def _is_taken(self, one: tuple[str, int]) -> bool:
        site, token = one
        return max(self._claims[site]) > token and self._asked_at(site, token) is not None

    def _asked_at(self, site: str, after: int) -> float | None:
        visits = self.fleet.sites.seen[site.partition(":")[0]].visits
        return next((visit.at for visit in visits if visit.token > after), None)

    def _note(self, site: str, token: int, killed_at: float) -> None:
        later = [at for number, (_, at) in self._claims[site].items() if number > token]
        asked_at = self._asked_at(site, token)
        if later and asked_at is not None:
            self.taken.append(Taken(site, min(later) - killed_at, asked_at - killed_at))
        else:
            self.left.append(site)

    def _wait_until(self, condition: Callable[[], bool], seconds: float) -> None:
        until, enqueued = time.monotonic() + seconds, 0.0
        while time.monotonic() < until:
            if time.monotonic() > enqueued + _CRON_SECONDS:
                self.fleet.enqueue_due()
                enqueued = time.monotonic()
            self._look()
            if condition():
                return
            time.sleep(_LOOKS_APART)
