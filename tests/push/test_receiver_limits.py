"""How much of the receiver one sender can take: time, connections, patience."""

import socket
import time
from contextlib import ExitStack

import pytest

from tests.push.calls import wordpress_ping
from tests.push.receiving import TOKEN, XML, Receiving, read_all, subscribed

PING = wordpress_ping()
POST = b"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"


@pytest.mark.parametrize("begin", [POST + b"Content-Length: 500\r\n\r\n", POST, b"G"])
def test_a_byte_now_and_then(receiver: Receiving, begin: bytes) -> None:
    receiver.set_up(request_seconds=1.0)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=0.1) as connection:
        connection.sendall(begin)
        answer = b""
        while not answer and time.monotonic() - began < 10:
            answer = read_all(connection)
            if not answer:
                connection.sendall(b"x")
    assert 0.9 < time.monotonic() - began < 5
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert receiver.counted(refused__slow=1)


def test_a_silent_connection_is_closed(receiver: Receiving) -> None:
    receiver.set_up(request_seconds=1.0)
    assert receiver.raw(b"") == b""
    assert receiver.counted()


def test_connections_are_bounded_and_further_ones_wait(receiver: Receiving) -> None:
    receiver.set_up(most_connections=5)
    with ExitStack() as stack:
        addresses = [("127.0.0.1", receiver.port)] * 5
        held = [stack.enter_context(socket.create_connection(address)) for address in addresses]
        assert receiver.counted(waiting__connections=1)
        late = socket.create_connection(("127.0.0.1", receiver.port), timeout=0.5)
        stack.enter_context(late)
        late.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert read_all(late) == b""
        held[0].close()
        late.settimeout(10)
        assert read_all(late).startswith(b"HTTP/1.1 200 ")
    assert receiver.send("GET", "/healthz").status == 200


def test_an_address_that_sends_nonsense_is_answered_429_for_a_while(receiver: Receiving) -> None:
    receiver.set_up(bad_requests=[2.0, 3], subscriptions=[subscribed()])
    mallory = {"X-Forwarded-For": "198.51.100.1"}
    statuses = [receiver.send("POST", "/rpc", b"nonsense", XML | mallory).status for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    reply = receiver.ping(PING)
    assert (reply.status, receiver.accepted) == (200, [["news.example", "ping", 0.0]])
    assert receiver.send("POST", "/rpc", PING, XML | mallory).headers["Retry-After"] == "1"
    assert receiver.send("POST", f"/websub/{TOKEN}", b"x", mallory).status == 202
    time.sleep(0.6)
    assert receiver.send("POST", "/rpc", PING, XML | mallory).status == 200


def test_who_is_no_proxy_cannot_blame_others(receiver: Receiving) -> None:
    receiver.set_up(bad_requests=[0.01, 3], trusted_proxies=[])
    for number in range(3):
        receiver.send("POST", "/rpc", b"nonsense", XML | {"X-Forwarded-For": f"198.51.100.{number}"})
    assert receiver.ping(PING).status == 429


def test_pings_are_never_limited_by_their_address(receiver: Receiving) -> None:
    receiver.set_up(bad_requests=[0.01, 3])
    urls = ["https://news.example", "https://other.example"] * 10
    assert [receiver.ping(wordpress_ping(url)).status for url in urls] == [200] * 20
    assert receiver.counted(accepted__ping=1, queued=1, debounced=8, ignored__unknown_site=10)
