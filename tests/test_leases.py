"""Who holds what, and what waits."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from crawler.asking.lease_table import advice, rows
from crawler.leases import in_order, of_lock, of_site, to_document, waiting

from .examples import NOW

LEASE = timedelta(seconds=90)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def lock(name: str = "news.example", **ends: float) -> dict[str, Any]:
    return {"_id": name, "expires_at": NOW + timedelta(**ends), "pid": 12, "machine": "one"}


def site(**until: float) -> dict[str, Any]:
    lease = {"owner": "worker-1", "token": 7, "since": ago(minutes=9), "renewed_at": ago(minutes=3)}
    return {"_id": "news.example/blog", "lease": lease | {"until": NOW + timedelta(**until)}}


def test_a_lock_is_held_until_it_ends() -> None:
    held = of_lock(lock(seconds=60), ago(minutes=5), LEASE, NOW)
    assert to_document(held) == {
        "kind": "host", "name": "news.example", "state": "held", "owner": "process 12 on one",
        "since": ago(minutes=5), "renewed_at": ago(seconds=30), "until": NOW + timedelta(seconds=60),
    }  # fmt: skip
    assert of_lock(lock(seconds=0), None, LEASE, NOW).state == "stuck"
    hook = of_lock(lock("sink:alerts", seconds=1), None, LEASE, NOW)
    assert (hook.kind, hook.name, hook.since) == ("webhook", "alerts", None)


def test_a_lease_of_a_site_has_its_token() -> None:
    held, stuck = of_site(site(minutes=1), NOW), of_site(site(minutes=-1), NOW)
    assert (held.kind, held.name, held.state, held.owner, held.token) == (
        "site", "news.example/blog", "held", "worker-1", 7,
    )  # fmt: skip
    assert (stuck.state, stuck.since, stuck.renewed_at) == ("stuck", ago(minutes=9), ago(minutes=3))
    assert of_site({"_id": "a.example", "lease": {}}, NOW).state == "stuck"


def test_the_stuck_come_first_and_what_somebody_has_does_not_wait() -> None:
    held = [of_lock(lock("a.example", seconds=9), None, LEASE, NOW), of_site(site(minutes=-1), NOW)]
    waits = [
        waiting({"_id": name, "next_due_at": ago(hours=3)}) for name in ("b.example", "a.example", "a.example/blog")
    ]
    everything = [(one.state, one.name) for one in in_order(held, waits, is_trouble=False)]
    assert everything == [("stuck", "news.example/blog"), ("held", "a.example"), ("waiting", "b.example")]
    trouble = [one.state for one in in_order(held, waits, is_trouble=True)]
    assert trouble == ["stuck", "waiting"]


def test_in_words() -> None:
    told = [to_document(of_site(site(minutes=-3), NOW)), to_document(waiting({"_id": "b", "next_due_at": ago(days=3)}))]
    assert list(rows(told, NOW)) == [
        ("stuck", "site", "news.example/blog", "worker-1 #7", "9 min ago", "3 min ago", "3 min ago"),
        ("waiting", "site", "b", "-", "3 d ago", "-", "-"),
    ]
    [stuck, waits] = advice(Counter(one["state"] for one in told))
    assert stuck.startswith("stuck (1): not renewed and not given back")
    assert waits.startswith("waiting (1): due for more than an hour")
    assert list(advice(Counter(held=3))) == []
