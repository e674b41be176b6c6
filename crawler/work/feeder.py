"""Sites that are due go to the queue, from a process that goes on: each once for each time at which it is due."""

import logging
from collections.abc import Mapping
from datetime import datetime
from time import monotonic

from crawler.work.job import Job
from crawler.work.options import WorkOptions
from crawler.work.queue import Queue, QueueUnavailable

logger = logging.getLogger(__name__)

_REMEMBERED_SECONDS = 600.0
"""A broker that lost its store is told again what waits."""


class Feeder:
    """A connection to the queue, made when it is first needed."""

    def __init__(self, options: WorkOptions) -> None:
        self._options = options
        self._queue: Queue | None = None
        self._told: dict[str, datetime] = {}
        """Which were queued, and when they were due then."""
        self._told_since = monotonic()
        self._is_failing = False

    async def feed(self, due: Mapping[Job, datetime]) -> int:
        """Queue those of all due sites, in this order, that were not queued for this time yet; how many were.

        A queue that does not answer is told of at the next call.
        """
        if monotonic() - self._told_since > _REMEMBERED_SECONDS:
            self._told, self._told_since = {}, monotonic()
        fresh = [job for job, at in due.items() if self._told.get(job.site) != at]
        try:
            queued = sum(await self._put(fresh)) if fresh else 0
        except QueueUnavailable as error:
            if not self._is_failing:
                logger.warning("%s; sites that are due wait until it does", error)
            self._is_failing = True
            return 0
        self._is_failing = False
        self._told = {job.site: at for job, at in due.items()}
        return queued

    async def close(self) -> None:
        """Leave the queue."""
        if self._queue is not None:
            await self._queue.close()

    async def _put(self, jobs: list[Job]) -> list[bool]:
        self._queue = self._queue or await Queue.connect(self._options)
        return await self._queue.put(jobs)
