"""The queue: a work-queue stream of NATS JetStream with one subject for each site. Thin; ``decisions`` decides."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.js.errors import APIError, NotFoundError, ServiceUnavailableError

from crawler.work.job import Job, subject
from crawler.work.options import WorkOptions, shown
from crawler.work.stream import CONSUMER, consumer_of, faults, stream_of

if TYPE_CHECKING:
    from nats.aio.msg import Msg
    from nats.js import JetStreamContext

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 5.0
"""How long a server may take to answer: one that is not there is named within seconds."""

AT_ONCE = 200
"""Messages under way while many are queued; the server keeps the order in which they were sent."""

_FULL = 10077
"""JetStream's error code: the subject has as many messages as it may have."""

_RECONNECT_SECONDS = 2

_MORE_SECONDS = 0.1
"""Once a message has come, how long others are waited for."""


class QueueUnavailable(RuntimeError):
    """No queue to work on; the message says what to do."""


class OtherLease(QueueUnavailable):
    """Its workers have leases of another length."""

    def __init__(self, theirs: timedelta, ours: timedelta) -> None:
        super().__init__(
            f"the other workers of this queue have leases of {theirs.total_seconds():g} s, and LEASE_SECONDS is"
            f" {ours.total_seconds():g} here: set it to {theirs.total_seconds():g}. To change it for all, stop all"
            " workers, set it on every machine, and start the first one with: scrapy work --change-lease"
        )


class Queue:
    """A connection to the stream. It is made anew for ever when it breaks."""

    def __init__(self, client: Client, options: WorkOptions) -> None:
        self._client = client
        self._options = options
        self._stream: JetStreamContext = client.jetstream(timeout=ANSWER_SECONDS)
        self._pull: JetStreamContext.PullSubscription | None = None
        self._is_closing = False

    @classmethod
    async def connect(cls, options: WorkOptions) -> "Queue":
        """Connect, and make the stream if there is none. Raises QueueUnavailable."""
        client = Client()
        queue = cls(client, options)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await client.connect(
                    list(options.urls), name=f"presswalk {options.name}", connect_timeout=round(ANSWER_SECONDS),
                    allow_reconnect=True, max_reconnect_attempts=-1, reconnect_time_wait=_RECONNECT_SECONDS,
                    error_cb=_failed, disconnected_cb=queue._gone, reconnected_cb=queue._back,
                )  # fmt: skip
        except BaseException as error:
            queue._is_closing = True
            with suppress(Exception):
                await client.close()
            if not isinstance(error, NatsError | OSError | TimeoutError):
                raise
            raise QueueUnavailable(
                f"no NATS server answers at {shown(options.urls)} ({type(error).__name__}). Start one with: nats-server"
                " -js -sd data/nats, or docker compose --profile workers up; or correct NATS_URL"
            ) from None
        try:
            await queue._prepare()
        except BaseException:
            await client.close()
            raise
        return queue

    async def join(self, *, change_lease: bool = False) -> None:
        """Be one of its workers, who all have leases of the same length; ``change_lease``: this one's is theirs now.

        Raises OtherLease if theirs are of another length, QueueUnavailable if the server does not answer.
        """
        try:
            found = await self._lease()
            if not (found in (None, self._options.lease) or change_lease):
                raise OtherLease(found, self._options.lease)
            await self._stream.add_consumer(self._options.stream, consumer_of(self._options.lease))
        except (NatsError, OSError) as error:
            raise QueueUnavailable(f"{shown(self._options.urls)}: {error}") from error

    async def _lease(self) -> timedelta | None:
        """How long the broker waits for a word about a message; None while there are no workers yet."""
        try:
            told = await self._stream.consumer_info(self._options.stream, CONSUMER)
        except NotFoundError:
            return None
        return timedelta(seconds=told.config.ack_wait or 0)

    async def put(self, jobs: Sequence[Job]) -> list[bool]:
        """Queue jobs in this order: of each, whether it was; False: one for its site waits, or is worked on.

        Raises QueueUnavailable.
        """
        queued: list[bool] = []
        for start in range(0, len(jobs), AT_ONCE):
            try:
                queued += await asyncio.gather(*map(self._put, jobs[start : start + AT_ONCE]))
            except (NatsError, OSError) as error:
                raise QueueUnavailable(f"{shown(self._options.urls)} does not take jobs any more: {error}") from error
        return queued

    async def _put(self, job: Job) -> bool:
        try:
            told, stream = job.to_bytes(), self._options.stream
            await self._stream.publish(subject(stream, job.site), told, timeout=ANSWER_SECONDS, stream=stream)
        except APIError as error:
            if error.err_code == _FULL:
                return False
            raise
        return True

    async def take(self, most: int, seconds: float) -> "list[Msg]":
        """So many messages at most, those that have waited longest first; none, if none comes in this time.

        Raises QueueUnavailable if the server does not answer, or has lost the queue.
        """
        try:
            pull = self._pull = self._pull or await self._subscribe()
            taken = await pull.fetch(1, timeout=seconds)
        except TimeoutError:
            return []
        except (NatsError, OSError) as error:
            self._pull = None
            raise QueueUnavailable(f"{shown(self._options.urls)} gives no jobs ({type(error).__name__})") from error
        return [*taken, *await self._more(pull, most - 1)] if most > 1 else taken

    async def _more(self, pull: "JetStreamContext.PullSubscription", most: int) -> "list[Msg]":
        """What waits besides. Whatever goes wrong, the first message is not lost: its site would wait for a lease.

        Not only NATS's TimeoutError is raised here: ``fetch`` raises Python's own, which is an OSError, where the
        server says that there is nothing when the time is nearly over.
        """
        with suppress(NatsError, OSError):
            return await pull.fetch(most, timeout=_MORE_SECONDS)
        return []

    async def waiting(self) -> tuple[int, int]:
        """How many messages wait, and how many are worked on. Raises QueueUnavailable."""
        try:
            told = await self._stream.consumer_info(self._options.stream, CONSUMER)
        except (NatsError, OSError) as error:
            raise QueueUnavailable(str(error)) from error
        return told.num_pending or 0, told.num_ack_pending or 0

    async def close(self) -> None:
        """Leave; what was said is sent. Not ``drain``: with a pull subscription it waits for half a minute."""
        self._is_closing = True
        with suppress(Exception):
            async with asyncio.timeout(ANSWER_SECONDS):
                if self._client.is_connected:
                    await self._client.flush()
        with suppress(Exception):
            await self._client.close()

    async def _gone(self) -> None:
        if not self._is_closing:
            logger.warning(
                "The queue (NATS) is away. Crawls that are under way go on; it is tried again until it is back"
            )

    async def _back(self) -> None:
        logger.warning("The queue (NATS) is back")

    async def _subscribe(self) -> "JetStreamContext.PullSubscription":
        await self._prepare()
        await self.join()
        return await self._stream.pull_subscribe_bind(CONSUMER, self._options.stream)

    async def _prepare(self) -> None:
        """The stream, as it is wanted; it may be there. Raises QueueUnavailable."""
        wanted = stream_of(self._options.stream)
        try:
            try:
                found = (await self._stream.stream_info(self._options.stream)).config
            except NotFoundError:
                found = (await self._stream.add_stream(wanted)).config
        except (ServiceUnavailableError, NoRespondersError):
            raise QueueUnavailable(
                f"the NATS server at {shown(self._options.urls)} has no JetStream: start it with nats-server -js"
            ) from None
        except (NatsError, OSError) as error:
            raise QueueUnavailable(f"{shown(self._options.urls)}: {error}") from error
        if told := faults(wanted, found):
            raise QueueUnavailable(
                f"the stream {wanted.name} is there, and not as it is needed: {told}. Name another one with"
                " WORK_STREAM, or remove it, if nothing else uses it"
            )


async def _failed(error: Exception) -> None:
    logger.debug("NATS: %s: %s", type(error).__name__, error)
