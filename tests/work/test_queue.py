"""The queue on a real broker."""

import asyncio
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from nats.aio.client import Client
from nats.js.api import StreamConfig

from crawler.storage.keeper import free_port
from crawler.work.job import Job, subjects
from crawler.work.options import WorkOptions
from crawler.work.queue import OtherLease, Queue, QueueUnavailable
from tests.broker import Broker, serving

JOBS = [Job(f"s{number}.example", f"https://s{number}.example/") for number in range(500)]


async def test_a_site_waits_once_and_they_come_in_the_order_in_which_they_were_queued(queue: Queue) -> None:
    assert await queue.put(JOBS) == [True] * len(JOBS)
    assert await queue.put([JOBS[3], Job("new.example", "https://new.example/"), JOBS[0]]) == [False, True, False]
    taken = [message for _ in range(11) for message in await queue.take(50, 1)]
    assert [Job.from_bytes(message.data) for message in taken][:-1] == JOBS
    assert await queue.waiting() == (0, 501)
    await asyncio.gather(*(message.ack_sync() for message in taken))
    assert await queue.waiting() == (0, 0)


async def test_a_site_that_is_worked_on_is_refused_until_it_is_done(queue: Queue) -> None:
    await queue.put(JOBS[:1])
    [message] = await queue.take(5, 1)
    assert await queue.put(JOBS[:1]) == [False]
    await message.ack_sync()
    assert await queue.put(JOBS[:1]) == [True]


async def test_what_is_given_back_comes_again_and_what_is_kept_alive_does_not(queue: Queue) -> None:
    await queue.put(JOBS[:2])
    [kept, given] = await queue.take(2, 1)
    await given.nak(delay=0.1)
    [again] = await queue.take(2, 2)
    assert (again.data, again.metadata.num_delivered) == (given.data, 2)
    for _ in range(4):
        await asyncio.sleep(1)
        await kept.in_progress()
        await again.in_progress()
    assert await queue.take(2, 0.5) == []
    [late, other] = await queue.take(2, 5)  # nobody said anything for a lease
    assert {late.data, other.data} == {kept.data, given.data}


async def test_what_came_first_is_not_lost_when_nothing_follows_in_time(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``fetch`` ends in one of several ways then, by chance; what was lost came again after a lease."""
    monkeypatch.setattr("crawler.work.queue._MORE_SECONDS", 0.001)
    await queue.put(JOBS[:1])
    for _ in range(150):
        [message] = await queue.take(5, 1)
        await message.nak(delay=0.001)


async def test_two_connections_share_the_stream_and_its_consumer(queue: Queue, options: WorkOptions) -> None:
    other = await Queue.connect(replace(options, name="other"))
    await queue.put(JOBS[:2])
    [one], [two] = await queue.take(1, 1), await other.take(1, 1)
    assert one.data != two.data
    await other.close()


async def test_all_workers_have_leases_of_one_length_and_who_only_queues_does_not_change_it(
    queue: Queue, options: WorkOptions
) -> None:
    await queue.join()
    other = await Queue.connect(replace(options, lease=timedelta(seconds=4)))
    assert await other.put(JOBS[:1]) == [True]
    await queue.join()
    with pytest.raises(OtherLease, match=r"of 3 s, and LEASE_SECONDS is 4 here: set it to 3\. .* --change-lease"):
        await other.join()
    with pytest.raises(QueueUnavailable, match="leases of 3 s"):
        await other.take(1, 1)
    await other.join(change_lease=True)
    assert len(await other.take(1, 1)) == 1
    with pytest.raises(OtherLease, match="leases of 4 s"):
        await queue.join()
    await other.close()


async def test_a_stream_that_would_not_do_is_refused(options: WorkOptions) -> None:
    client = Client()
    await client.connect(options.urls[0])
    await client.jetstream().add_stream(StreamConfig(name=options.stream, subjects=[subjects(options.stream)]))
    with pytest.raises(QueueUnavailable, match=r"is not as it is needed|not as it is needed: retention is limits"):
        await Queue.connect(options)
    await client.close()


async def test_who_is_not_there_is_named_with_what_to_do(options: WorkOptions) -> None:
    nobody = replace(options, urls=(f"nats://someone:secret@127.0.0.1:{free_port()}",))
    with pytest.raises(QueueUnavailable, match=r"no NATS server answers at 127\.0\.0\.1:\d+ .*nats-server -js") as told:
        await Queue.connect(nobody)
    assert "secret" not in str(told.value)


async def test_a_broker_that_is_killed_has_lost_nothing_and_is_found_again(
    tmp_path: Path, options: WorkOptions
) -> None:
    with serving(tmp_path) as own:
        queue = await Queue.connect(replace(options, urls=(own.url,)))
        await queue.put(JOBS[:3])
        await asyncio.to_thread(_restart, own)
        for _ in range(20):
            try:
                taken = await queue.take(3, 1)
            except QueueUnavailable:
                taken = []
            if taken:
                break
            await asyncio.sleep(0.5)
        assert [Job.from_bytes(message.data) for message in taken] == JOBS[:3]
        await queue.close()


def _restart(broker: Broker) -> None:
    broker.send(signal.SIGKILL)
    broker.start()
