"""The HTTP server that sites, hubs and rssCloud servers talk to, on Scrapy's own event loop.

Channel (bytes) -> admission (headers) -> Answers (a protocol) -> Intake (debounced) -> Following (the database)
"""

import asyncio
import logging
import math
import time
from typing import Any

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.interfaces import IAddress
from twisted.internet.protocol import ServerFactory

from crawler.push.addresses import limited_as, sender
from crawler.push.admission import Head, Route, admit
from crawler.push.answers import Answers
from crawler.push.channel import Channel
from crawler.push.following import Following
from crawler.push.intake import Intake
from crawler.push.limits import Buckets
from crawler.push.messages import Answer, Refused, refusal
from crawler.push.options import Options

logger = logging.getLogger(__name__)

_BACKLOG = 512
_COMPLAINT_SECONDS = 60.0
"""Between two lines of the log that say that a push could not be stored: there may be a thousand a second."""
_UNLIMITED = ("/websub/", "/healthz")
"""A hub delivers for many sites from one address, and what others make it send to wrong paths is not its fault: there,
the token in the path is the limit."""


class Receiver:
    """Listens for pushes while a crawl runs."""

    def __init__(self, options: Options, following: Following) -> None:
        self.request_seconds = options.request_seconds
        self._options = options
        self._following = following
        self._intake = Intake(following, options.debounce, time.monotonic)
        self._answers = Answers(following, self._intake, options.webhook_secrets)
        self._bad_requests = Buckets(options.bad_requests, options.most_addresses)
        self._channels: set[Channel] = set()
        self._answering: set[asyncio.Task[Answer]] = set()
        self._is_full = False
        self._complained_at = -math.inf
        self._port: Any = None  # Twisted's interfaces are zope's, which mypy does not read

    def listen(self) -> int:
        """Begin; the port that is listened on. Raises twisted.internet.error.CannotListenError."""
        from twisted.internet import reactor  # noqa: PLC0415  # importing it installs one: Scrapy is to choose which

        installed: Any = reactor
        options = self._options
        self._port = installed.listenTCP(options.port, _Factory(self), backlog=_BACKLOG, interface=options.host)
        number: int = self._port.getHost().port
        logger.info("Listening for pushes on http://%s:%d", options.host, number)
        return number

    async def close(self) -> None:
        """Take no more connections, let what was taken in be stored and answered, and end."""
        if self._port is not None:
            await maybe_deferred_to_future(self._port.stopListening())
        if self._answering:
            await asyncio.wait(self._answering)
        await self._intake.drained()
        for channel in list(self._channels):
            channel.loseConnection()

    def sender(self, peer: str, headers: dict[str, list[str]]) -> str:
        """The address to hold responsible."""
        return sender(peer, headers.get("x-forwarded-for", []), self._options.trusted_proxies)

    def admit(self, head: Head) -> Route:
        """The route of a request. Raises Refused."""
        self._check_rate(head)
        return admit(head, self._options, lambda token: self._following.subscription(token) is not None)

    def _check_rate(self, head: Head) -> None:
        address, now = limited_as(head.address), time.monotonic()
        if not head.path.startswith(_UNLIMITED) and not self._bad_requests.has_token(address, now):
            seconds = int(self._bad_requests.wait(address, now)) + 1
            raise refusal("rate", 429, "too many bad requests", retry_after=str(seconds))

    def answer(self, route: Route, head: Head, body: bytes) -> asyncio.Task[Answer]:
        """Begin to answer a request whose body is there. The task raises nothing, and goes on if the sender goes."""
        task = asyncio.ensure_future(self._answer(route, head, body))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
        return task

    async def _answer(self, route: Route, head: Head, body: bytes) -> Answer:
        try:
            async with asyncio.timeout(self._options.store_seconds):
                return await self._answers.answer(route, head, body)
        except Refused as refused:
            self.refused(refused.reason, head.address)
            return refused.answer
        except Exception as error:  # whatever the database raises: the sender is told, and may try again
            if time.monotonic() - self._complained_at > _COMPLAINT_SECONDS:
                self._complained_at = time.monotonic()
                is_late = isinstance(error, TimeoutError)
                why = "the database takes too long" if is_late else type(error).__name__
                logger.warning("A push by %s could not be stored: %s", route.name, why, exc_info=not is_late)
            self._following.count("failed/store")
            return Answer(503, b"it could not be stored; please try again\n", headers={"Retry-After": "30"})

    def refused(self, reason: str, address: str) -> None:
        """Count it, and charge it to its address."""
        self._following.count(f"refused/{reason}")
        if reason != "rate":
            self._bad_requests.charge(limited_as(address), time.monotonic())

    def opened(self, channel: Channel) -> None:
        """A connection began. With as many as there may be, further ones wait in the system's queue."""
        self._channels.add(channel)
        if len(self._channels) >= self._options.most_connections and not self._is_full:
            self._is_full = True
            self._port.stopReading()
            self._following.count("waiting/connections")

    def closed(self, channel: Channel) -> None:
        """A connection ended."""
        self._channels.discard(channel)
        if self._is_full and len(self._channels) < self._options.most_connections:
            self._is_full = False
            if self._port.connected:
                self._port.startReading()


class _Factory(ServerFactory):
    """Makes a channel for every connection."""

    noisy = False

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def buildProtocol(self, addr: IAddress | None) -> Channel:  # noqa: N802  # Twisted's name
        """One for each."""
        channel = Channel(self._receiver)
        channel.factory = self
        return channel

    def log(self, request: object) -> None:
        """No log of accesses: a proxy keeps one, and paths hold secrets here."""
