"""Two workers that are killed, frozen and stopped, a broker and a database that are killed: again and again."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random

from benchmarks.drills.outages import killed
from benchmarks.work.conduct import quantile
from benchmarks.work.fleet import DATABASE, Fleet
from crawler.storage.connect import connect
from tests.consistency import problems

KINDS = ("SIGKILL", "SIGSTOP", "SIGTERM", "broker", "database")


@dataclass(frozen=True, slots=True)
class Happened:
    """At one moment of the drill."""

    kind: str
    worker: str
    at: float


@dataclass
class Failing:
    """So many failures of each kind. ``delay``: between two requests to a site; ``lease``: in seconds."""

    fleet: Fleet
    times: int
    delay: float
    lease: float
    longest: float = 30.0
    """Seconds between two failures, at most."""
    seed: int = 20261128
    kinds: Sequence[str] = KINDS
    happened: list[Happened] = field(default_factory=list)

    def run(self) -> Iterator[str]:
        """What happened, line by line."""
        chance = Random(self.seed)  # noqa: S311 - the moments are to be the same in every run
        self.fleet.add_sites()
        self.fleet.supervise()
        self._wait_until(lambda: self.fleet.sites.answered > 2 * self.fleet.sites.count, 120)
        for kind in islice(cycle(self.kinds), self.times * len(self.kinds)):
            self._pass(chance.uniform(self.longest / 2, self.longest))
            if self._stored() >= self._posts:
                yield f"all is stored before {kind}"
                break
            worker = self._busiest()
            self.happened.append(Happened(kind, worker, time.monotonic()))
            getattr(self, f"_{kind.lower()}")(worker)
            yield f"{kind} {worker}; {self._stored()} posts stored, {self.fleet.sites.answered} requests"
        self._wait_until(lambda: self._stored() >= self._posts and not self._leases(), 900)

    def outcome(self) -> Iterator[str]:
        """What is wrong, and how long sites waited."""
        seen = self.fleet.sites.seen.values()
        yield from (f"WRONG {problem}" for one in seen for problem in one.problems(0.8 * self.delay))
        yield from (f"WRONG {problem}" for problem in self._wrong())
        gaps = [b.at - a.at for one in seen for a, b in zip(one.visits, one.visits[1:], strict=False)]
        yield f"{self.fleet.sites.answered} requests; least gap {min(gaps):.3f} s (delay {self.delay} s)"
        yield f"a page was fetched {max(one.most_often() for one in seen)} times at most"
        twice = sum(len(one.visits) - len({visit.path for visit in one.visits if visit.path.startswith('/post-')}
                    | {visit.path for visit in one.visits}) for one in seen)  # fmt: skip
        yield f"{twice} requests asked for what had been asked for"
        for kind in KINDS:
            told_of = [told for event in self.happened if event.kind == kind for told in self._waits(event)]
            lone, more = [wait for wait, met in told_of if not met], [wait for wait, met in told_of if met]
            if lone:
                told = " / ".join(f"{quantile(lone, share):.1f}" for share in (0, 0.5, 0.95, 1))
                yield f"taken over after {kind}: {len(lone)} sites, after {told} s (least, median, 95 %, most)"
            if more:
                yield f"  and {len(more)} that met the next failure meanwhile, after {max(more):.1f} s at most"

    def _waits(self, event: Happened) -> Iterator[tuple[float, bool]]:
        """From a failure of a worker to the first request of another one, for each site that it had; and whether
        something else failed meanwhile: whoever had taken the site, or the broker, or the database."""
        following = min((other.at for other in self.happened if other.at > event.at), default=float("inf"))
        for one in self.fleet.sites.seen.values():
            for before, worker, at, waited in one.takeovers():
                is_of_it = before == event.worker != worker and event.at - 2 * self.delay < at < event.at + 1
                if is_of_it and at + waited < max(following, event.at + 3 * self.lease):
                    yield at + waited - event.at, following < at + waited

    def _sigkill(self, worker: str) -> None:
        self.fleet.kill(worker)

    def _sigstop(self, worker: str) -> None:
        self.fleet.workers[worker].send_signal(signal.SIGSTOP)
        self._pass(1.8 * self.lease)
        self.fleet.workers[worker].send_signal(signal.SIGCONT)

    def _sigterm(self, worker: str) -> None:
        process = self.fleet.workers[worker]
        process.send_signal(signal.SIGTERM)
        process.wait(300)

    def _broker(self, worker: str) -> None:
        self.fleet.broker.send(signal.SIGKILL)
        self._pass(self.lease / 2)
        self.fleet.broker.start()

    def _database(self, worker: str) -> None:
        away: AbstractContextManager[None] = killed(self.fleet.store)
        with away:
            time.sleep(self.lease / 2)

    def _busiest(self) -> str:
        """The worker that has asked most sites last."""
        has = Counter(one.visits[-1].worker for one in self.fleet.sites.seen.values() if one.visits)
        return max(self.fleet.alive, key=lambda name: has[name])

    def _pass(self, seconds: float) -> None:
        """Time, in which cron looks who is due."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.fleet.supervise()
            self._enqueue()
            time.sleep(min(left, 5))

    def _wait_until(self, condition: Callable[[], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not condition() and time.monotonic() < until:
            self._pass(5)

    def _enqueue(self) -> None:
        try:
            self.fleet.enqueue_due()
        except Exception as error:  # noqa: BLE001 - it is away; cron comes again
            print(f"enqueue: {type(error).__name__}", flush=True)

    @property
    def _posts(self) -> int:
        return self.fleet.sites.count * self.fleet.sites.posts

    def _stored(self) -> int:
        with connect(self.fleet.store.uri, timeoutMS=20_000) as client:
            return int(client[DATABASE]["articles"].estimated_document_count())

    def _leases(self) -> int:
        with connect(self.fleet.store.uri, timeoutMS=20_000) as client:
            return client[DATABASE]["sites"].count_documents({"lease": {"$exists": True}})

    def _wrong(self) -> Iterator[str]:
        with connect(self.fleet.store.uri) as client:
            database = client[DATABASE]
            articles, revisions, events = (list(database[name].find()) for name in ("articles", "revisions", "events"))
        ungrouped = [{name: value for name, value in one.items() if name != "grouping"} for one in articles]
        yield from problems(ungrouped, revisions, events)
        texts = {(article["site"], article.get("wp_id")): article.get("text") for article in articles}
        if len(articles) != self._posts:
            yield f"{len(articles)} articles of {self._posts} posts"
        for address, paper in self.fleet.sites.papers.items():
            site = f"{address}:{self.fleet.sites.port}"
            other = [n for n in range(1, paper.posts + 1) if texts.get((site, n)) != paper.text(n)]
            if other:
                yield f"{site}: {len(other)} posts are not stored as they are on the site: {other[:10]}"
