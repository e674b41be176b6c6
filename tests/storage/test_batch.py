"""Gathering what is submitted into batches."""

import asyncio
from collections.abc import Sequence

import pytest

from crawler.storage.batch import Batcher

NEVER = 3600.0


class Recorder:
    """Doubles numbers; keeps the batches it was given, and refuses some."""

    def __init__(self, *, delay: float = 0.0) -> None:
        self.batches: list[list[int]] = []
        self.at_once = 0
        self.delay = delay

    async def handle(self, numbers: Sequence[int]) -> list[int | Exception]:
        self.at_once += 1
        assert self.at_once == 1, "one batch at a time"
        self.batches.append(list(numbers))
        await asyncio.sleep(self.delay)
        self.at_once -= 1
        if 13 in numbers:
            raise ConnectionError("the database is away")
        return [ValueError(f"{number} is negative") if number < 0 else 2 * number for number in numbers]


async def test_a_full_batch_goes_at_once_in_order() -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.handle, size=3, linger=NEVER)
    assert await asyncio.gather(*(batcher.submit(number) for number in range(6))) == [0, 2, 4, 6, 8, 10]
    assert recorder.batches == [[0, 1, 2], [3, 4, 5]]


async def test_what_does_not_fill_a_batch_goes_when_its_first_member_has_waited() -> None:
    recorder = Recorder()
    batcher = Batcher(recorder.handle, size=100, linger=0.05)
    started = asyncio.get_running_loop().time()
    first = asyncio.ensure_future(batcher.submit(1))
    await asyncio.sleep(0.03)
    assert await batcher.submit(2) == 4
    assert await first == 2
    assert 0.05 <= asyncio.get_running_loop().time() - started < 2
    assert recorder.batches == [[1, 2]]
    assert await batcher.submit(3) == 6
    assert recorder.batches == [[1, 2], [3]]


async def test_a_slow_handler_gets_one_batch_at_a_time_in_order() -> None:
    recorder = Recorder(delay=0.01)
    batcher = Batcher(recorder.handle, size=2, linger=0.001)
    assert await asyncio.gather(*(batcher.submit(number) for number in range(9))) == list(range(0, 18, 2))
    assert [number for batch in recorder.batches for number in batch] == list(range(9))


async def test_an_error_reaches_the_one_who_submitted_it() -> None:
    batcher = Batcher(Recorder().handle, size=3, linger=NEVER)
    results = await asyncio.gather(*(batcher.submit(number) for number in (1, -2, 3)), return_exceptions=True)
    assert (results[0], results[2]) == (2, 6)
    with pytest.raises(ValueError, match="-2 is negative"):
        raise results[1]  # type: ignore[misc]  # an exception, as the next line checks


async def test_a_failing_batch_fails_for_each_who_waits_and_for_nobody_else() -> None:
    batcher = Batcher(Recorder().handle, size=2, linger=NEVER)
    results = await asyncio.gather(*(batcher.submit(number) for number in (1, 13, 3, 4)), return_exceptions=True)
    assert [type(result) for result in results] == [ConnectionError, ConnectionError, int, int]


async def test_close_hands_over_what_waits_and_waits_for_it() -> None:
    recorder = Recorder(delay=0.01)
    batcher = Batcher(recorder.handle, size=2, linger=NEVER)
    waiting = [asyncio.ensure_future(batcher.submit(number)) for number in range(5)]
    await asyncio.sleep(0)
    await batcher.close()
    assert recorder.batches == [[0, 1], [2, 3], [4]]
    assert await asyncio.gather(*waiting) == [0, 2, 4, 6, 8]


async def test_close_with_nothing_to_do() -> None:
    recorder = Recorder()
    await Batcher(recorder.handle, size=2, linger=NEVER).close()
    assert recorder.batches == []


async def test_a_cancelled_submitter_takes_nobody_with_it() -> None:
    recorder = Recorder(delay=0.01)
    batcher = Batcher(recorder.handle, size=3, linger=NEVER)
    waiting = [asyncio.ensure_future(batcher.submit(number)) for number in (1, 2, 3)]
    await asyncio.sleep(0.001)
    waiting[1].cancel()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert (results[0], results[2]) == (2, 6)
    assert isinstance(results[1], asyncio.CancelledError)
    assert await asyncio.gather(*(batcher.submit(number) for number in (4, 5, 6))) == [8, 10, 12]
