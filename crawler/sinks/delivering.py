"""All webhooks at once, each at its own pace: used by crawls and by ``scrapy events --deliver``."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from pymongo.errors import PyMongoError

from crawler.sinks.deliverer import Deliverer, Outcome
from crawler.sinks.options import SinkOptions
from crawler.sinks.webhook import Webhook, http_session
from crawler.storage.indexes import Database
from crawler.tasks import stopped

logger = logging.getLogger(__name__)


class Delivering:
    """Delivers inside its ``async with``, in tasks of its own. Raises PyMongoError if the database does not answer."""

    def __init__(
        self, database: Database, options: SinkOptions, user_agent: str, count: Callable[[Outcome, int], None]
    ) -> None:
        self._database = database
        self._options = options
        self._user_agent = user_agent
        self._count = count
        self._stack = AsyncExitStack()
        self._deliverers: list[Deliverer] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        """Begin with every sink."""
        session = await self._stack.enter_async_context(http_session(self._options, self._user_agent))
        try:
            for name, url in self._options.webhooks.items():
                webhook = Webhook(session, url, self._options.secret)
                deliverer = Deliverer(self._database, name, webhook, self._options, self._count)
                await deliverer.prepare()
                self._deliverers.append(deliverer)
        except BaseException:
            await self._stack.aclose()
            raise
        self._tasks = [asyncio.ensure_future(deliverer.run()) for deliverer in self._deliverers]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop where it is. A message that is under way may be delivered again."""
        await stopped(self._tasks)
        for deliverer in self._deliverers:
            try:
                await deliverer.close()
            except PyMongoError as failure:
                logger.warning("the lease of %s could not be given back: %s", deliverer.name, type(failure).__name__)
        await self._stack.aclose()

    async def finish(self, seconds: float | None = None) -> None:
        """Deliver what is there and can be delivered now, for at most so long; without a limit, to its end."""
        for deliverer in self._deliverers:
            deliverer.end()
        await asyncio.wait(self._tasks, timeout=seconds)
