"""Many sites, each looked at again and again when it is due: in what order, how late, and what that costs."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

from benchmarks.work.conduct import quantile
from benchmarks.work.fleet import DATABASE, Fleet
from crawler.storage.connect import connect

_TICKS = 100
"""Of the CPU clock, in a second (``getconf CLK_TCK``)."""


@dataclass(frozen=True, slots=True)
class Look:
    """At one site: when it was due, and when it was first asked something. Seconds."""

    site: str
    due: float
    at: float


@dataclass
class Crowd:
    """Two workers, for so many seconds."""

    fleet: Fleet
    seconds: float
    every: float = 30.0
    due: dict[tuple[str, float], float] = field(default_factory=dict)
    """When a site was due, by the time at which it was queued."""
    queued: int = 0

    def run(self) -> Iterator[str]:
        """A line at each so many seconds."""
        self.fleet.add_sites()
        for name in ("A", "B"):
            self.fleet.start(name)
        began = time.monotonic()
        sampled = began
        while (now := time.monotonic()) < began + self.seconds:
            self._note_due()
            self.queued += self.fleet.enqueue_due()
            if now - sampled >= self.every:
                sampled = now
                yield self._sample(now - began)
            time.sleep(max(0.1, 5 - (time.monotonic() - now)))

    def outcome(self) -> Iterator[str]:
        """Order, lateness, fairness."""
        looks = sorted(self._looks(), key=lambda look: look.at)
        late = [look.at - look.due for look in looks]
        each = Counter(look.site for look in looks)
        yield f"{self.queued} queued; {len(looks)} looks that were due; {self.fleet.sites.answered} requests"
        yield f"late by {quantile(late, 0.5):.1f} / {quantile(late, 0.95):.1f} / {max(late):.1f} s (median, 95 %, most)"
        yield f"looks of each site: {min(each.values())} to {max(each.values())}, of {len(each)} sites"
        yield f"order of service against order of due time: rank correlation {_rank_correlation(looks):.4f}"
        displaced = _displacements(looks)
        yield f"places out of turn: {mean(displaced):.1f} on average, {max(displaced)} at most"
        for one in self.fleet.sites.seen.values():
            yield from (f"WRONG {problem}" for problem in one.problems(0.0))

    def _note_due(self) -> None:
        now, clock = datetime.now(UTC), time.monotonic()
        with connect(self.fleet.store.uri) as client:
            found = client[DATABASE]["sites"].find({"listed": True, "next_due_at": {"$lte": now}}, {"next_due_at": 1})
            for site in found:
                due = clock - (now - site["next_due_at"]).total_seconds()
                key = (site["_id"].partition(":")[0], site["next_due_at"].timestamp())
                self.due.setdefault(key, due)

    def _looks(self) -> Iterator[Look]:
        """Each time that a site was due, and the first look that began after it."""
        by_site: dict[str, list[float]] = {}
        for (site, _), due in self.due.items():
            by_site.setdefault(site, []).append(due)
        for site, dues in by_site.items():
            visits = self.fleet.sites.seen[site].visits
            firsts = [b.at for a, b in zip([None, *visits], visits, strict=False) if a is None or a.token != b.token]
            for due in sorted(dues):
                if (at := next((first for first in firsts if first >= due - 1), None)) is not None:
                    yield Look(site, due, at)

    def _sample(self, seconds: float) -> str:
        parts = [f"{seconds:5.0f} s", f"{self.fleet.sites.answered:6} requests"]
        for name, process in self.fleet.workers.items():
            megabytes, cpu = _usage(process.pid)
            parts.append(f"{name} {megabytes:4.0f} MB {cpu:6.1f} s CPU")
        return "  ".join(parts)


def _usage(pid: int) -> tuple[float, float]:
    status = Path(f"/proc/{pid}/status").read_text()
    megabytes = next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmRSS:"))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return megabytes, (int(fields[11]) + int(fields[12])) / _TICKS


def _displacements(looks: list[Look]) -> list[int]:
    """``looks`` in the order in which they began."""
    by_due = {id(look): place for place, look in enumerate(sorted(looks, key=lambda one: one.due))}
    return [abs(place - by_due[id(look)]) for place, look in enumerate(looks)]


def _rank_correlation(looks: list[Look]) -> float:
    """Spearman's: 1 is the same order."""
    count = len(looks)
    return 1 - 6 * sum(d * d for d in _displacements(looks)) / (count * (count * count - 1)) if count > 1 else 1.0
