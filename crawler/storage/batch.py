"""Many small waits, one operation: gathers what is submitted at about the same time into batches."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Batcher(Generic[T, R]):
    """Hands what is submitted to ``handle`` in batches, in order, one batch at a time.

    A batch is handed over when it is full, when its first member has waited ``linger`` seconds, or on close. Whoever
    submits waits for its own result (or error), so that a slow database slows the crawl instead of filling memory.
    ``handle`` returns one result for each member; an exception instance as a result is raised to its submitter.
    """

    def __init__(
        self, handle: Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]], *, size: int, linger: float
    ) -> None:
        self._handle = handle
        self._size = size
        self._linger = linger
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def submit(self, member: T) -> R:
        """Wait until the batch with this member is handled; its result."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        self._waiting.append((member, future))
        if len(self._waiting) >= self._size:
            self._start()
        elif self._timer is None:
            self._timer = loop.call_later(self._linger, self._start)
        return await future

    async def close(self) -> None:
        """Hand over what still waits, and wait for all that is under way."""
        self._start()
        await asyncio.gather(*self._tasks)

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._waiting = self._waiting, []
        if batch:
            task = asyncio.ensure_future(self._run(batch))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            async with self._turn:
                results = await self._handle([member for member, _ in batch])
        except Exception as error:  # noqa: BLE001 - it is raised again to each who waits for this batch
            results = [error] * len(batch)
        for (_, future), result in zip(batch, results, strict=True):
            if future.cancelled():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
