"""Ending asyncio tasks."""

import asyncio

from crawler.tasks import stopped


async def test_a_task_that_takes_a_cancellation_for_something_else_ends_all_the_same() -> None:
    swallowed: list[int] = []

    async def stubborn() -> None:
        while len(swallowed) < 2:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                swallowed.append(1)

    async def failing() -> None:
        raise ValueError("of no concern here")

    tasks = [asyncio.ensure_future(work()) for work in (stubborn, failing)]
    await asyncio.sleep(0)
    await stopped(tasks)
    await stopped([])
    assert [task.done() for task in tasks] == [True, True]
    assert len(swallowed) == 2
