"""Delivers the outbox to one sink: in order, at least once, and by nobody else at the same time."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from bson import ObjectId
from pymongo.errors import PyMongoError

from crawler.sink_state import SinkState
from crawler.sinks.message import body_of
from crawler.sinks.options import SinkOptions
from crawler.sinks.retry import after_failure
from crawler.sinks.webhook import Webhook
from crawler.storage.indexes import Database
from crawler.storage.outbox import Outbox
from crawler.storage.runs import LEASE
from crawler.storage.sinks import Sinks

logger = logging.getLogger(__name__)

Outcome = Literal["delivered", "failed", "parked"]

RENEWAL = LEASE.total_seconds() / 3
"""Seconds after which the lease is renewed, and after which one that another process has is asked for again."""


class Deliverer:
    """One sink. What it has, ``sinks`` says: this object may be killed at any time."""

    def __init__(
        self,
        database: Database,
        name: str,
        webhook: Webhook,
        options: SinkOptions,
        count: Callable[[Outcome, int], None],
    ) -> None:
        self.name = name
        self._sinks = Sinks(database)
        self._outbox = Outbox(database)
        self._webhook = webhook
        self._options = options
        self._count = count
        self._owner = ObjectId()
        self._leased_at: float | None = None
        self._is_ending = asyncio.Event()
        self._told_parked = False

    async def prepare(self) -> None:
        """Know the sink. Raises PyMongoError."""
        await self._outbox.prepare()
        after = await self._outbox.last() if self._options.begin == "now" else 0
        await self._sinks.register(self.name, after, datetime.now(UTC))

    def end(self) -> None:
        """Deliver what is there, then come to an end."""
        self._is_ending.set()

    async def run(self) -> None:
        """Deliver until ``end`` was called and there is nothing left that can be delivered now."""
        while True:
            is_last = self._is_ending.is_set()
            pause = await self._guarded_step()
            if pause and is_last:
                return
            if pause:
                await self._sleep(pause)

    async def close(self) -> None:
        """Let another process deliver. Raises PyMongoError."""
        if self._leased_at is not None:
            await self._sinks.release(self._owner)

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._is_ending.wait(), seconds)
        except TimeoutError:
            return

    async def _guarded_step(self) -> float:
        try:
            return await self._step()
        except PyMongoError as error:
            logger.warning("events for %s: %s; tried again", self.name, type(error).__name__)
            return self._options.poll
        except Exception:  # whatever it is, it is no reason to give up delivering for good
            logger.exception("events for %s could not be delivered; tried again", self.name)
            return RENEWAL

    async def _step(self) -> float:
        """Deliver one message, if there is one; in how many seconds to look again (0: there may be more)."""
        if not await self._has_lease():
            return RENEWAL
        sink = await self._sinks.find(self.name)
        if sink is None or self._is_parked(sink):
            return self._options.poll
        if wait := sink.waits(datetime.now(UTC)).total_seconds():
            return min(wait, RENEWAL)
        return await self._deliver(sink)

    async def _deliver(self, sink: SinkState) -> float:
        reading = await self._outbox.read(sink.after)
        if reading.after == sink.after:
            return self._options.poll
        if not reading.events:
            await self._sinks.advance(sink, reading.after, 0, datetime.now(UTC))
            return 0
        body, count = body_of(reading.events, self._options.batch)
        answer = await self._webhook.post(body)
        now = datetime.now(UTC)
        if not answer.is_delivered:
            return await self._failed(after_failure(sink, answer, now, self._options, random.random()), now)  # noqa: S311
        is_all = count == len(reading.events)
        after = reading.after if is_all else int(reading.events[count - 1]["seq"])
        await self._sinks.advance(sink, after, count, now)
        self._count("delivered", count)
        return 0

    async def _failed(self, sink: SinkState, now: datetime) -> float:
        """Remember it; in how many seconds to look again."""
        await self._sinks.fail(sink, now)
        self._count("failed", 1)
        logger.warning("events for %s: not taken (%s), %d times in a row", self.name, sink.last_error, sink.failures)
        self._is_parked(sink, logging.ERROR)
        return min(sink.waits(now).total_seconds(), RENEWAL)

    def _is_parked(self, sink: SinkState, level: int = logging.WARNING) -> bool:
        """Told once by each process, and as an error when it comes to that: cron mails those."""
        if sink.state == "parked" and not self._told_parked:
            self._count("parked", 1)
            logger.log(
                level, "events for %s: parked after %d failures (%s); when it is well again: scrapy events --resume %s",
                self.name, sink.failures, sink.last_error, self.name,
            )  # fmt: skip
        self._told_parked = sink.state == "parked"
        return self._told_parked

    async def _has_lease(self) -> bool:
        now = time.monotonic()
        if self._leased_at is not None and now - self._leased_at < RENEWAL:
            return True
        holder = await self._sinks.lease(self.name, self._owner, datetime.now(UTC))
        self._leased_at = now if holder is None else None
        return holder is None
