"""One sink: what it gets, what is done when it fails, and who delivers."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pymongo.errors import PyMongoError

from crawler.sink_state import SinkState
from crawler.sinks.deliverer import Outcome
from crawler.sinks.delivering import Delivering
from crawler.sinks.options import SinkOptions
from crawler.storage.events import Events
from crawler.storage.indexes import Database
from crawler.storage.sinks import Sinks

from .events import history, is_ordered
from .receiver import Receiver, receiving

QUICK = SinkOptions(begin="beginning", batch=4, timeout=2.0, retry=0.02, retry_most=0.05, park_after=3, poll=0.05)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A webhook that takes everything."""
    with receiving() as receiver:
        yield receiver


def to(receiver: Receiver, options: SinkOptions = QUICK) -> SinkOptions:
    """The options for delivering to it."""
    return replace(options, webhooks={"alerts": receiver.url}, secret="hush")


async def deliver(database: Database, options: SinkOptions, seconds: float = 30.0) -> Counter[Outcome]:
    """Deliver what can be delivered now; what was counted."""
    counted: Counter[Outcome] = Counter()
    async with Delivering(database, options, "presswalk/test", lambda outcome, by: counted.update({outcome: by})) as d:
        await d.finish(seconds)
    return counted


async def sink(database: Database) -> SinkState:
    """The sink as it is."""
    found = await Sinks(database).find("alerts")
    assert found is not None
    return found


async def test_all_is_delivered_once_in_order_in_signed_messages(database: Database, receiver: Receiver) -> None:
    told = history(5)
    await Events(database).append(told)
    assert await deliver(database, to(receiver)) == {"delivered": 15}
    assert await deliver(database, to(receiver)) == {}
    assert [event["id"] for event in receiver.taken] == [event.id for event in told]
    assert [event["cursor"] for event in receiver.taken] == list(range(1, 16))
    assert [len(json.loads(body)["events"]) for body in receiver.bodies] == [4, 4, 4, 3]
    assert {request["user-agent"] for request in receiver.requests} == {"presswalk/test"}
    assert all("x-presswalk-signature" in request for request in receiver.requests)
    after = await sink(database)
    assert (after.after, after.delivered, after.failures, after.state) == (15, 15, 0, "active")
    assert await database["locks"].count_documents({}) == 0, "the lease was given back"


async def test_a_new_sink_begins_with_what_happens_from_now_on(database: Database, receiver: Receiver) -> None:
    await Events(database).append(history(2))
    options = to(receiver, replace(QUICK, begin="now"))
    assert await deliver(database, options) == {}
    later = history(1, first=2)
    await Events(database).append(later)
    await deliver(database, options)
    assert receiver.ids == [event.id for event in later]


async def test_events_of_an_earlier_version_are_delivered_once(database: Database, receiver: Receiver) -> None:
    await Events(database).append(history(2))
    await database["events"].update_many({}, {"$unset": {"seq": "", "recorded_at": ""}})
    await database["counters"].delete_many({})
    await asyncio.gather(*(deliver(database, to(receiver)) for _ in range(2)))
    assert is_ordered(receiver.ids)
    assert len(receiver.taken) == len(receiver.ids) == 6


@pytest.mark.parametrize("status", [301, 400, 404, 410, 500])
async def test_what_is_not_taken_is_sent_again_later(database: Database, receiver: Receiver, status: int) -> None:
    await Events(database).append(history(2))
    receiver.status, receiver.headers = status, {"Location": receiver.url}
    assert await deliver(database, to(receiver)) == {"failed": 1}
    failed = await sink(database)
    assert (failed.after, failed.failures, failed.last_error) == (0, 1, f"http_{status}")
    assert len(receiver.bodies) == 1, "a redirect is not followed, and nothing is hurried at the end"
    receiver.status = 200
    await asyncio.sleep(0.05)
    assert await deliver(database, to(receiver)) == {"delivered": 6}
    assert receiver.ids == [event.id for event in history(2)]
    assert receiver.bodies[0] == receiver.bodies[1]
    assert receiver.requests[0]["idempotency-key"] == receiver.requests[1]["idempotency-key"]
    assert (await sink(database)).last_error is None


async def test_a_receiver_is_left_alone_for_as_long_as_it_asks(database: Database, receiver: Receiver) -> None:
    await Events(database).append(history(1))
    receiver.status, receiver.headers = 429, {"Retry-After": "600"}
    await deliver(database, to(receiver))
    receiver.status = 200
    assert await deliver(database, to(receiver)) == {}
    waits = (await sink(database)).waits(datetime.now(UTC))
    assert timedelta(seconds=590) < waits <= timedelta(seconds=600)


async def test_a_slow_receiver_is_waited_for_only_so_long(database: Database, receiver: Receiver) -> None:
    await Events(database).append(history(1))
    receiver.seconds = 0.6
    assert await deliver(database, to(receiver, replace(QUICK, timeout=0.2))) == {"failed": 1}
    assert (await sink(database)).last_error == "timeout"


async def test_what_speaks_no_http_or_is_not_there(database: Database) -> None:
    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            writer.write(b"220 mail.example ESMTP\r\n")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    await Events(database).append(history(1))
    options = replace(QUICK, webhooks={"alerts": f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/?secret"})
    errors = set()
    for _ in range(2):
        await deliver(database, options)
        errors.add((await sink(database)).last_error)
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.06)
    assert "ClientConnectorError" in errors
    assert len(errors) == 2
    assert not any("secret" in str(error) for error in errors)


async def test_parked_after_so_many_failures_and_nothing_is_skipped(
    database: Database, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    await Events(database).append(history(2))
    receiver.status = 503
    counted: Counter[Outcome] = Counter()
    for _ in range(5):
        counted += await deliver(database, to(receiver))
        await asyncio.sleep(0.06)
    parked = await sink(database)
    assert (parked.state, parked.failures, parked.after) == ("parked", 3, 0)
    assert (counted["failed"], counted["parked"]) == (3, 3), "each later run says that it is"
    assert "scrapy events --resume alerts" in caplog.text
    levels = [record.levelname for record in caplog.records if "parked" in record.message]
    assert levels == ["ERROR", "WARNING", "WARNING"]
    assert "secret" not in caplog.text, "nor is the URL told, which may hold one"
    receiver.status = 200
    assert await deliver(database, to(receiver)) == {"parked": 1}
    assert await Sinks(database).resume("alerts")
    assert await deliver(database, to(receiver)) == {"delivered": 6}
    assert receiver.ids == [event.id for event in history(2)]
    assert await Sinks(database).resume("alerts", after=4)
    assert await deliver(database, to(receiver)) == {"delivered": 2}
    assert not await Sinks(database).resume("nobody")


async def test_only_one_of_several_delivers_and_another_goes_on_when_it_ends(
    database: Database, receiver: Receiver
) -> None:
    await Events(database).append(history(4))
    counts = await asyncio.gather(*(deliver(database, to(receiver)) for _ in range(3)))
    assert sorted(count["delivered"] for count in counts) == [0, 0, 12]
    assert len(receiver.taken) == 12
    await Events(database).append(history(1, first=4))
    await deliver(database, to(receiver))
    assert receiver.ids == [event.id for event in history(5)]


async def test_who_lost_its_lease_does_not_move_the_cursor_back(database: Database) -> None:
    sinks, now = Sinks(database), datetime.now(UTC)
    await sinks.register("alerts", 0, now)
    stale = await sink(database)
    assert await sinks.advance(stale, 8, 8, now)
    assert not await sinks.advance(stale, 4, 4, now)
    assert not await sinks.fail(replace(stale, failures=1), now)
    assert ((await sink(database)).after, (await sink(database)).failures) == (8, 0)


async def test_one_slow_sink_keeps_no_other_waiting(database: Database, receiver: Receiver) -> None:
    await Events(database).append(history(2))
    with receiving() as slow:
        slow.seconds = 1.0
        options = replace(QUICK, webhooks={"slow": slow.url, "alerts": receiver.url})
        await deliver(database, options, seconds=0.7)
    assert len(receiver.taken) == 6
    assert (await sink(database)).after == 6
    slow_one = await Sinks(database).find("slow")
    assert slow_one is not None
    assert slow_one.after == 0


async def test_delivering_goes_on_beside_what_happens(database: Database, receiver: Receiver) -> None:
    async with Delivering(database, to(receiver), "presswalk/test", lambda *_: None) as delivering:
        for revision in range(4):
            await Events(database).append(history(1, first=revision))
            await asyncio.sleep(0.1)
        await delivering.finish(5.0)
    assert receiver.ids == [event.id for event in history(4)]


async def test_a_database_that_fails_meanwhile_stops_nothing(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Events(database).append(history(1))
    find = Sinks.find
    failed: list[str] = []

    async def failing_once(self: Sinks, name: str) -> SinkState | None:
        if not failed:
            failed.append(name)
            raise PyMongoError("gone for a moment")
        return await find(self, name)

    monkeypatch.setattr(Sinks, "find", failing_once)
    async with Delivering(database, to(receiver), "presswalk/test", lambda *_: None) as delivering:
        await asyncio.sleep(0.3)
        await delivering.finish(5.0)
    assert failed == ["alerts"]
    assert len(receiver.taken) == 3
