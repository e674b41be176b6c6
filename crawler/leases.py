"""Who holds what of the sites, and what waits for nobody: locks of hosts, leases of sites and of webhooks. Pure.

A lock or a lease that has ended and is still there was not given back: its holder was killed, or is frozen. Whoever
wants it takes it over.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

Document = Mapping[str, Any]

TOO_LONG = timedelta(hours=1)
"""That a site waits after its time has come: longer than between two runs of cron, however rare."""

SINK = "sink:"
"""Before the name of a webhook in ``locks``."""

Kind = Literal["host", "site", "webhook"]
State = Literal["held", "stuck", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is held, or waits."""

    kind: Kind
    name: str
    state: State
    """``held``; ``stuck``: not given back and not renewed; ``waiting``: a site is due for long, and nobody has it."""
    owner: str | None = None
    token: int | None = None
    """The fencing number of a lease of a site."""
    since: datetime | None = None
    """When it was taken; of what waits, since when it is due."""
    renewed_at: datetime | None = None
    until: datetime | None = None


def of_lock(lock: Document, since: datetime | None, lease: timedelta, now: datetime) -> Holding:
    """A document of ``locks``; ``lease``: for how long a lock is taken or renewed."""
    name, until = str(lock["_id"]), lock["expires_at"]
    is_sink = name.startswith(SINK)
    return Holding(
        kind="webhook" if is_sink else "host", name=name.removeprefix(SINK), state=_state(until, now),
        owner=f"process {lock.get('pid', '?')} on {lock.get('machine', '?')}",
        since=since, renewed_at=until - lease, until=until,
    )  # fmt: skip


def of_site(site: Document, now: datetime) -> Holding:
    """The ``lease`` of a document of ``sites``."""
    lease = site["lease"]
    return Holding(
        kind="site", name=str(site["_id"]), state=_state(lease.get("until"), now),
        owner=lease.get("owner"), token=lease.get("token"),
        since=lease.get("since"), renewed_at=lease.get("renewed_at"), until=lease.get("until"),
    )  # fmt: skip


def waiting(site: Document) -> Holding:
    """A listed site that is due for too long."""
    return Holding(kind="site", name=str(site["_id"]), state="waiting", since=site["next_due_at"])


def in_order(held: Iterable[Holding], waits: Iterable[Holding], *, is_trouble: bool) -> Iterator[Holding]:
    """What is held, the stuck first, then what waits and nobody has, the longest first; or only what is in trouble."""
    first = sorted(held, key=lambda one: (one.state != "stuck", one.kind, one.name))
    busy = {one.name for one in first if one.state == "held"}
    yield from (one for one in first if one.state == "stuck" or not is_trouble)
    yield from (one for one in waits if one.name not in busy and one.name.partition("/")[0] not in busy)


def to_document(holding: Holding) -> dict[str, Any]:
    """As programs read it; what is not known is absent."""
    told = {name: getattr(holding, name) for name in Holding.__slots__}
    return {name: value for name, value in told.items() if value is not None}


def _state(until: datetime | None, now: datetime) -> State:
    return "held" if until and until > now else "stuck"
