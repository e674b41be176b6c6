"""HTTP connections of the receiver: Twisted's, with limits on size and time, and bodies that are refused as they come.

Twisted reads a body to its end before it asks anybody, keeps a chunked one in a file on disk, and gives a request as
long as it goes on sending. Here a request is judged by its headers, its body is counted as it comes, and its time ends.
"""

# mypy: disable-error-code="no-untyped-call"
# (Twisted's HTTP classes have few types.)

import asyncio
from io import BytesIO
from math import ceil
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web.http import HTTPChannel, Request

from crawler.push.admission import Head, Route, most_bytes, too_large
from crawler.push.messages import Answer, Refused

_LINGER_SECONDS = 2.0
_LINGER_BYTES = 1_000_000
"""Of a refused body that are read and dropped: a connection that is closed with unread bytes takes the answer along."""


class Desk(Protocol):
    """Who decides about requests, and counts."""

    request_seconds: float

    def sender(self, peer: str, headers: dict[str, list[str]]) -> str:
        """The address to hold responsible."""

    def admit(self, head: Head) -> Route:
        """The route of a request. Raises Refused."""

    def answer(self, route: Route, head: Head, body: bytes) -> asyncio.Task[Answer]:
        """Begin to answer a request whose body is there."""

    def refused(self, reason: str, address: str) -> None:
        """A request was refused."""

    def opened(self, channel: "Channel") -> None:
        """A connection began."""

    def closed(self, channel: "Channel") -> None:
        """A connection ended."""


class PushRequest(Request):
    """A request that is refused as soon as that is clear."""

    channel: "Channel"
    content: BytesIO

    _head: Head
    _route: Route | None = None
    _refused: Refused | None = None

    def __init__(self, channel: "Channel", queued: object = False) -> None:
        super().__init__(channel, queued, parsePOSTFormSubmission=False)

    def gotLength(self, length: int | None) -> None:  # noqa: N802  # Twisted's name
        """The headers are there; ``length`` is None for a chunked body."""
        self.content = BytesIO()
        self._head = self._read_head(length)
        try:
            self._route = self.channel.desk.admit(self._head)
        except Refused as refused:
            self._refuse(refused)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """A part of the body."""
        if self._route is None:
            return
        most = most_bytes(self._head, self._route)
        if self.content.tell() + len(data) <= most:
            self.content.write(data)
        else:
            self._route = None
            self._refuse(too_large(most))

    def process(self) -> None:
        """All is there."""
        if self._refused is not None:
            self._send(self._refused.answer)
        elif self._route is not None:
            answering = self.channel.desk.answer(self._route, self._head, self.content.getvalue())
            answering.add_done_callback(self._answered)

    def _read_head(self, length: int | None) -> Head:
        headers = {
            name.decode("ascii").lower(): [value.decode("latin-1") for value in values]
            for name, values in self.requestHeaders.getAllRawHeaders()
        }
        path, _, query = self.uri.partition(b"?")
        address = self.channel.desk.sender(self.channel.peer, headers)
        return Head(
            method=self.method.decode("ascii"),
            path=unquote_to_bytes(path).decode("latin-1"),
            headers=headers,
            address=address,
            query=query.decode("latin-1"),
            length=length,
        )

    def _refuse(self, refused: Refused) -> None:
        """Answer at once if there is a body still to come, and take no more of it."""
        self.channel.desk.refused(refused.reason, self._head.address)
        self._refused = refused
        if self._head.length != 0:
            self.requestHeaders.removeHeader(b"expect")  # no "100 Continue" after the answer
            self.channel.linger()
            self._send(refused.answer)

    def _answered(self, answering: asyncio.Task[Answer]) -> None:
        if not self._disconnected and not answering.cancelled():
            self._send(answering.result())

    def _send(self, answer: Answer) -> None:
        self.setResponseCode(answer.status)
        fixed = {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body))}
        for name, value in {**fixed, "Cache-Control": "no-store", **answer.headers}.items():
            self.setHeader(name, value)
        if not self.channel.persistent:
            self.setHeader("Connection", "close")
        self.write(answer.body)
        self.finish()


class Channel(HTTPChannel):
    """A connection."""

    MAX_LENGTH = 4096  # of a line: a verification of WebSub carries two URLs and a challenge
    totalHeadersSize = 16_384  # noqa: N815  # Twisted's names, these three
    maxHeaders = 100  # noqa: N815
    requestFactory = PushRequest  # type: ignore[assignment]  # noqa: N815

    transport: Any  # Twisted's interfaces are zope's, which mypy does not read
    _deadline: asyncio.TimerHandle | None = None
    _lingering = False
    _dropped = 0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.timeOut = ceil(desk.request_seconds) + 1  # after our own clock, which says what it was
        self.peer = ""

    def connectionMade(self) -> None:  # noqa: N802
        """Note who it is."""
        super().connectionMade()
        self.peer = str(getattr(self.getPeer(), "host", ""))
        self.desk.opened(self)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """The first bytes of a request start its time."""
        if self._lingering:
            self._drop(data)
            return
        if self._deadline is None and not self._handlingRequest:
            loop = asyncio.get_running_loop()
            self._deadline = loop.call_later(self.desk.request_seconds, self._too_slow)
        super().dataReceived(data)

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        """A line of the headers; what follows a refusal is dropped."""
        if not self._lingering:
            super().lineReceived(line)

    def rawDataReceived(self, data: bytes) -> None:  # noqa: N802
        """A part of the body; likewise."""
        if not self._lingering:
            super().rawDataReceived(data)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802
        """No header is that long."""
        self._respondToBadRequestAndDisconnect()

    def allHeadersReceived(self) -> None:  # noqa: N802
        """Tell the request its first line, which Twisted keeps until the body is there."""
        request = self.requests[-1]
        request.method, request.uri, request.clientproto = self._command, self._path, self._version
        super().allHeadersReceived()

    def allContentReceived(self) -> None:  # noqa: N802
        """It came in time. (A refusal may fall into the last part of a body.)"""
        self._stop_clock()
        if not self._lingering:
            super().allContentReceived()

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        """Whatever was under way is over."""
        if self._deadline is not None and not self._lingering:
            self.desk.refused("cut_short", self.peer)
        self._stop_clock()
        self.desk.closed(self)
        super().connectionLost(reason)

    def timeoutConnection(self) -> None:  # noqa: N802
        """Nothing was said for as long as a request may take."""
        self.transport.abortConnection()

    def linger(self) -> None:
        """Read nothing more: the next answer is the last."""
        self.persistent = False
        self._lingering = True
        self._stop_clock()

    def loseConnection(self) -> None:  # noqa: N802
        """Close; after a refusal only our half at first, so that the other side reads the answer."""
        if not self._lingering:
            super().loseConnection()
            return
        self.transport.loseWriteConnection()
        self._deadline = asyncio.get_running_loop().call_later(_LINGER_SECONDS, self.transport.abortConnection)

    def _drop(self, data: bytes) -> None:
        self._dropped += len(data)
        if self._dropped > _LINGER_BYTES:
            self.transport.abortConnection()

    def _too_slow(self) -> None:
        self._deadline = None
        self.desk.refused("slow", self.peer)
        self.linger()
        self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        self.loseConnection()

    def _respondToBadRequestAndDisconnect(self) -> None:  # noqa: N802
        """What is not HTTP, or too long a line or too many headers, is counted. Twisted tells it by this alone."""
        if not self._lingering:
            self.desk.refused("not_http", self.peer)
            self.linger()
            super()._respondToBadRequestAndDisconnect()

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
