"""What nobody sends in good faith: refused, counted by its reason, and nothing reaches the database."""

import socket
from pathlib import Path

import pytest

from tests.push.calls import call, wordpress_ping
from tests.push.receiving import FORM, TOKEN, XML, Receiving, subscribed
from tests.push.test_xmlrpc import LAUGHS

PING = wordpress_ping()
POST = b"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "xml"),
        (PING[:-9], "xml"),
        (b"\x1f\x8b\x08broken", "xml"),
        (LAUGHS, "dtd"),
        (call("system.listMethods"), "method_name"),
        (call("weblogUpdates.ping", "News"), "parameters"),
    ],
)
def test_a_call_that_is_no_ping(receiver: Receiving, body: bytes, reason: str) -> None:
    reply = receiver.ping(body)
    assert (reply.status, "faultCode" in reply.body) == (200, True)
    assert receiver.counted(**{f"refused__{reason}": 1})
    assert receiver.accepted == []


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/rpc", "POST"), ("/rsscloud", "GET, POST"), (f"/websub/{TOKEN}", "GET, POST"), ("/healthz", "GET, HEAD")],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "post"])
def test_a_wrong_method(receiver: Receiving, path: str, allowed: str, method: str) -> None:
    receiver.set_up(subscriptions=[subscribed()])
    reply = receiver.send(method, path)
    assert (reply.status, reply.headers["Allow"]) == (405, allowed)
    assert receiver.counted(refused__method=1)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/rpc2",
        "//rpc",
        "/websub/",
        f"/websub/{'u' * 43}",
        f"/websub/{TOKEN}/",
        "/websub/%2e%2e/rpc",
        "/healthz/x",
        "/hooks/site",
        "/xmlrpc.php",
        "http://news.example/rpc",
        "/%FF%00",
    ],
)
def test_a_path_where_nothing_is(receiver: Receiving, path: str) -> None:
    receiver.set_up(subscriptions=[subscribed()])
    assert receiver.send("POST", path, PING, XML).status == 404
    assert receiver.counted(refused__path=1)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"", 400),
        (b"Host: push.example\r\nHost: push.example\r\n", 400),
        (b"Host: \r\n", 400),
        (b"Host: a b\r\n", 400),
        (b"Host: user@push.example\r\n", 400),
        (b"Host: evil.example\r\n", 421),
        (b"Host: push.example.evil.example\r\n", 421),
        (b"Host: [::1]\r\n", 421),
        (b"Host: push.example\r\n", 200),
        (b"Host: Push.Example:6080\r\n", 200),
    ],
)
def test_a_wrong_host(receiver: Receiving, head: bytes, status: int) -> None:
    receiver.set_up(hosts=["push.example"])
    request = b"POST /rpc HTTP/1.1\r\n" + head + b"Connection: close\r\nContent-Type: text/xml\r\n"
    answer = receiver.raw(request + b"Content-Length: %d\r\n\r\n" % len(PING) + PING)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert receiver.counted(**({"accepted__ping": 1} if status == 200 else {"refused__host": 1}))


@pytest.mark.parametrize(
    "headers", [{}, FORM, {"Content-Type": "application/json"}, XML | {"Content-Encoding": "gzip"}]
)
def test_a_wrong_content_type(receiver: Receiving, headers: dict[str, str]) -> None:
    assert receiver.send("POST", "/rpc", PING, headers).status == 415
    assert receiver.counted(refused__type=1)


def test_a_body_of_100_megabytes_that_says_so(receiver: Receiving) -> None:
    answer = receiver.raw(POST + b"Content-Length: 100000000\r\n\r\n" + b"x" * 5000)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"at most 65536 bytes" in answer
    assert receiver.counted(refused__too_large=1)


def test_a_body_that_is_refused_is_not_waited_for(receiver: Receiving) -> None:
    answer = receiver.raw(POST + b"Expect: 100-continue\r\nContent-Length: 100000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in answer
    welcome = receiver.raw(POST + b"Expect: 100-continue\r\nContent-Length: 999\r\n\r\n", wait=0.5)
    assert welcome == b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize("chunked", [True, False])
def test_100_megabytes_are_not_read(receiver: Receiving, chunked: bool) -> None:
    before = _peak_of(receiver.process.pid)
    length = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: 100000000"
    sent = 0
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=10) as connection:
        connection.sendall(POST + length + b"\r\n\r\n")
        with pytest.raises((ConnectionError, TimeoutError)):
            while sent < 100_000_000:
                data = b"x" * 50_000
                connection.sendall(b"%x\r\n%s\r\n" % (len(data), data) if chunked else data)
                sent += len(data)
    assert sent < 20_000_000
    assert _peak_of(receiver.process.pid) - before < 10_000
    assert receiver.counted(refused__too_large=1)
    assert receiver.send("GET", "/healthz").status == 200


def test_many_small_chunks_are_counted(receiver: Receiving) -> None:
    chunks = b"1\r\nx\r\n" * 65_537
    answer = receiver.raw(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert receiver.counted(refused__too_large=1)


def test_a_chunked_ping_is_taken(receiver: Receiving) -> None:
    chunks = b"".join(b"5\r\n" + PING[at : at + 5] + b"\r\n" for at in range(0, len(PING) // 5 * 5, 5))
    rest = PING[len(PING) // 5 * 5 :]
    last = b"%x\r\n%s\r\n0\r\n\r\n" % (len(rest), rest) if rest else b"0\r\n\r\n"
    answer = receiver.raw(POST + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + last)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert receiver.accepted == [["news.example", "ping", 0.0]]


def test_a_body_where_none_belongs(receiver: Receiving) -> None:
    for length in (b"Content-Length: 1\r\n\r\nx", b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"):
        answer = receiver.raw(b"GET /rsscloud?url=x HTTP/1.1\r\nHost: x\r\n" + length)
        assert answer.startswith(b"HTTP/1.1 413 ")
    assert receiver.counted(refused__too_large=2)


def test_a_request_that_is_cut_short(receiver: Receiving) -> None:
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=5) as connection:
        connection.sendall(POST + b"Content-Length: 500\r\n\r\n" + PING[:100])
    assert receiver.counted(refused__cut_short=1)
    assert receiver.accepted == []


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"HELO push.example\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"x" * 5000,
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 5000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: x\r\n" * 101 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + (b"A: " + b"x" * 4000 + b"\r\n") * 5 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Content-Length: 1_0\r\n\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n",
    ],
)
def test_what_is_not_http(receiver: Receiving, data: bytes) -> None:
    assert receiver.raw(data).startswith(b"HTTP/1.1 400 ")
    assert receiver.counted(refused__not_http=1)
    assert receiver.send("GET", "/healthz").status == 200


def test_a_length_with_thousands_of_digits(receiver: Receiving) -> None:
    assert receiver.raw(POST + b"Content-Length: " + b"9" * 4000 + b"\r\n\r\n").startswith(b"HTTP/1.1 413 ")
    assert receiver.counted(refused__too_large=1)


def _peak_of(pid: int) -> int:
    """The most memory that a process has had, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])
