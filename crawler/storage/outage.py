"""The database is away: whoever needs it waits, and one looks whether it is back. Knows no database."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError
from scrapy.exceptions import CloseSpider

T = TypeVar("T")

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.25
MAX_PAUSE = 5.0
"""Seconds between two looks: doubled each time up to this, and half of it at random, since many crawls may wait."""

ENDING_SECONDS = 10.0
"""How long a crawl that is told to end waits for the database."""


_INTERNAL_ERROR, _OUT_OF_DISK_SPACE = 1, 14031
"""MongoDB's error codes."""


class DatabaseAway(ConnectionFailure, CloseSpider):
    """The database did not come back in time. Raised through a callback it is, for Scrapy, the end of the crawl."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.reason = "storage_failed"
        self.args = (message,)  # which CloseSpider has taken for its reason


def is_away(error: PyMongoError) -> bool:
    """Whether an operation failed because nobody answered: tried again it may succeed."""
    return isinstance(error, ConnectionFailure) or error.timeout


def is_broken(error: PyMongoError) -> bool:
    """Whether a server that answers cannot store anything any more: OutOfDiskSpace."""
    if not isinstance(error, OperationFailure):
        return False
    refused = (error.details or {}).get("writeErrors", ())
    return _OUT_OF_DISK_SPACE in (error.code, *(one.get("code") for one in refused))


def may_be_broken(error: PyMongoError) -> bool:
    """Whether it has to be looked: after a failed write SecantusDB says InternalError to everything."""
    return isinstance(error, OperationFailure) and error.code == _INTERNAL_ERROR


def pause(looks: int) -> float:
    """Seconds until the next look, after so many."""
    longest = min(FIRST_PAUSE * 2.0 ** min(looks, 16), MAX_PAUSE)
    return random.uniform(longest / 2, longest)  # noqa: S311 - no secret


class Outage:
    """Makes idempotent operations outlast an outage of at most ``seconds``.

    ``look`` raises PyMongoError while the database is away. ``began``, ``ended`` and ``given_up`` are told of it;
    nobody's operation is tried again before ``ended`` has done what it has to do: if it raises PyMongoError, the outage
    goes on.
    """

    def __init__(
        self,
        seconds: float,
        look: Callable[[], Awaitable[None]],
        *,
        began: Callable[[], None],
        ended: Callable[[], Awaitable[None]],
        given_up: Callable[[str], None],
        is_ending: Callable[[], bool],
    ) -> None:
        self.is_over = False
        """It was too long: from now on every operation fails at once."""
        self._seconds = seconds
        self._look = look
        self._began = began
        self._ended = ended
        self._given_up = given_up
        self._is_ending = is_ending
        self._watch: asyncio.Task[None] | None = None

    @property
    def is_on(self) -> bool:
        """Whether the database is away."""
        return self.is_over or self._watch is not None

    async def outlast(self, operation: Callable[[], Awaitable[T]]) -> T:
        """The result of an operation that may be done several times. Raises DatabaseAway, or what is no outage."""
        failed_at: float | None = None
        while True:
            await self._returned()
            try:
                return await operation()
            except PyMongoError as error:
                if is_broken(error) or (may_be_broken(error) and not await self._is_there()):
                    self._give_up("cannot write any more: is its disk full?")
                    continue
                if not is_away(error):
                    raise
                failed_at = failed_at or time.monotonic()
                self._notice(error)
                if time.monotonic() - failed_at > self._seconds:  # it answers, but not this
                    self._give_up(self._too_long)

    async def stop(self) -> None:
        """Nobody looks any more."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)

    async def _returned(self) -> None:
        if self._watch is not None:
            await asyncio.shield(self._watch)  # it is everybody's
        if self.is_over:
            raise DatabaseAway("the database was given up")

    def _notice(self, error: PyMongoError) -> None:
        if not self.is_on:
            logger.warning("the database does not answer (%s); the crawl waits for it", type(error).__name__)
            self._watch = asyncio.ensure_future(self._watch_for_it(time.monotonic()))
            self._began()

    async def _watch_for_it(self, since: float) -> None:
        looks = 0
        try:
            while not await self._is_back():
                most = min(self._seconds, ENDING_SECONDS) if self._is_ending() else self._seconds
                if time.monotonic() - since > most:
                    self._give_up(self._too_long)
                    return
                await asyncio.sleep(pause(looks))
                looks += 1
            logger.warning("the database answers again, after %.1f s", time.monotonic() - since)
        finally:
            self._watch = None

    @property
    def _too_long(self) -> str:
        return f"has not answered for {self._seconds:g} s (OUTAGE_SECONDS)"

    async def _is_back(self) -> bool:
        if not await self._is_there():
            return False
        try:
            await self._ended()
        except PyMongoError as error:
            logger.warning("the database answered, and does not any more (%s)", type(error).__name__)
            return False
        return True

    async def _is_there(self) -> bool:
        try:
            await self._look()
        except PyMongoError:
            return False
        return True

    def _give_up(self, why: str) -> None:
        if self.is_over:
            return
        if not self.is_on:
            self._began()
        self.is_over = True
        self._given_up(why)
