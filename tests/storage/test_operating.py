"""What operators watch of a database."""

from datetime import timedelta

from bson import ObjectId

from crawler.metrics.figures import Figures, SinkFigures
from crawler.storage.events import Events
from crawler.storage.indexes import Database
from crawler.storage.operating import Operating
from crawler.storage.sinks import Sinks

from ..examples import NOW
from ..sinks.events import history

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


async def test_an_empty_database_has_nothing(database: Database) -> None:
    none = {(kind, state): 0 for kind in ("host", "site", "webhook") for state in ("held", "stuck")}
    assert await Operating(database).figures(NOW) == Figures(at=NOW, leases=none)


async def test_sites_and_leases_are_counted(database: Database) -> None:
    listed = {"listed": True, "checked_at": NOW, "next_due_at": NOW + HOUR}
    lease = {"owner": "worker-1", "token": 7, "since": NOW, "renewed_at": NOW}
    sites = [
        listed,
        listed | {"next_due_at": NOW - MINUTE, "pushed_at": NOW - MINUTE, "lease": lease | {"until": NOW + MINUTE}},
        listed | {"next_due_at": NOW - 3 * HOUR, "health": {"failures": 2, "blocked_since": NOW}},
        listed | {"pushed_at": NOW + MINUTE, "health": {"failures": 0}},
        {"listed": True, "next_due_at": NOW, "lease": lease | {"until": NOW - MINUTE}},
        {"listed": False, "health": {"failures": 1}, "lease": lease | {"until": NOW - MINUTE}},
    ]
    await database["sites"].insert_many([{"_id": str(number)} | site for number, site in enumerate(sites)])
    locks = {"a.example": MINUTE, "b.example": -MINUTE, "c.example": -HOUR, "sink:alerts": MINUTE, "sink:b": -MINUTE}
    await database["locks"].insert_many(
        [{"_id": name, "run_id": ObjectId(), "expires_at": NOW + ends} for name, ends in locks.items()]
    )
    await database["articles"].insert_many([{"url": "a"}, {"url": "b"}])
    assert await Operating(database).figures(NOW) == Figures(
        at=NOW, listed=5, not_crawled=1, due=3, overdue=1, longest_due_seconds=3 * 3600.0, failing=1, blocked=1,
        pushed=1, debounced=1, articles=2,
        leases={
            ("host", "held"): 1, ("host", "stuck"): 2, ("site", "held"): 1, ("site", "stuck"): 2,
            ("webhook", "held"): 1, ("webhook", "stuck"): 1,
        },
    )  # fmt: skip


async def test_the_lag_of_the_webhooks_that_are_served(database: Database) -> None:
    await Events(database).append(history(2))
    sinks = Sinks(database)
    for name, after in (("alerts", 2), ("archive", 6), ("of_old", 0)):
        await sinks.register(name, after, NOW)
    await database["sinks"].update_one({"_id": "alerts"}, {"$set": {"failures": 3, "state": "parked"}})
    found = await Operating(database).figures(NOW + MINUTE, ["alerts", "archive"])
    assert found.sinks == {
        "alerts": SinkFigures(lag_events=4, lag_seconds=60.0, failures=3, is_parked=True),
        "archive": SinkFigures(lag_events=0, lag_seconds=0.0, failures=0, is_parked=False),
    }
