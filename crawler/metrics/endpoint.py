"""The HTTP endpoint that Prometheus asks, on the reactor of the crawl: no thread, and nothing that waits."""

# mypy: disable-error-code="no-untyped-call"
# (Twisted's HTTP classes have few types.)

import logging
from collections.abc import Callable
from typing import Any

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.web.resource import Resource
from twisted.web.server import Request, Site

from crawler.metrics.catalogue import Samples
from crawler.metrics.exposition import answer

logger = logging.getLogger(__name__)

PATH = b"metrics"
_IDLE_SECONDS = 30
"""After which a connection that says nothing is closed: Prometheus makes a new one."""


class Endpoint:
    """Answers ``GET /metrics`` with what ``samples`` says at that moment."""

    def __init__(self, samples: Callable[[], Samples]) -> None:
        self._samples = samples
        self._port: Any = None  # Twisted's interfaces are zope's, which mypy does not read

    def listen(self, host: str, port: int) -> int:
        """Begin; the port that is listened on. Raises twisted.internet.error.CannotListenError."""
        from twisted.internet import reactor  # noqa: PLC0415  # importing it installs one: Scrapy is to choose which

        root: Any = Resource()
        root.putChild(PATH, _Metrics(self._samples))
        installed: Any = reactor
        site = _Site(root, requestFactory=_Request, timeout=_IDLE_SECONDS)
        self._port = installed.listenTCP(port, site, interface=host)
        number: int = self._port.getHost().port
        logger.info("Metrics are at http://%s:%d/%s", host, number, PATH.decode())
        return number

    async def close(self) -> None:
        """No more connections."""
        if self._port is not None:
            await maybe_deferred_to_future(self._port.stopListening())
            self._port = None


class _Request(Request):
    """A scrape has no body: what comes as one is neither kept in memory nor on disk."""

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802  # Twisted's name
        """Drop it."""


class _Site(Site):
    """Without a log of accesses: it would be the longest part of any log."""

    noisy = False
    displayTracebacks = False  # noqa: N815  # Twisted's name

    def log(self, request: object) -> None:
        """Nothing."""


class _Metrics(Resource):
    isLeaf = True  # noqa: N815  # Twisted's name

    def __init__(self, samples: Callable[[], Samples]) -> None:
        super().__init__()
        self._samples = samples

    def render_GET(self, request: Request) -> bytes:  # noqa: N802  # Twisted's name
        """All of them; HEAD is Twisted's."""
        body, media_type = answer(self._samples(), request.getHeader("accept") or "")
        request.setHeader("content-type", media_type)
        return body
