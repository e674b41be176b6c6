"""The HTTP server over real connections: what it takes, when it answers, and what reaches the database."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from crawler.push.signature import sign
from tests.push.calls import call, wordpress_ping
from tests.push.receiving import FORM, SECRET, XML, Receiving
from tests.waiting import soon

JSON = {"Content-Type": "application/json"}
HOOK = json.dumps({"site": "https://news.example/"})


@pytest.mark.parametrize("path", ["/rpc", "/RPC2"])
def test_a_ping_is_taken_and_answered_as_wordpress_expects(receiver: Receiving, path: str) -> None:
    reply = receiver.ping(wordpress_ping(), path)
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert "<name>flerror</name>\n<value><boolean>0</boolean></value>" in reply.body
    assert receiver.accepted == [["news.example", "ping", 0.0]]
    assert receiver.counted(accepted__ping=1)


def test_a_ping_of_a_site_that_is_not_followed_is_answered_alike(receiver: Receiving) -> None:
    known = receiver.ping(wordpress_ping())
    unknown = receiver.ping(wordpress_ping("https://other.example"))
    assert (unknown.status, unknown.body) == (known.status, known.body)
    assert receiver.accepted == [["news.example", "ping", 0.0]]
    assert receiver.counted(accepted__ping=1, ignored__unknown_site=1)


def test_a_ping_may_be_told_from_its_feed(receiver: Receiving) -> None:
    receiver.ping(call("weblogUpdates.extendedPing", "News", "https://cdn.example", "https://gazette.example/feed/"))
    assert receiver.accepted == [["gazette.example", "ping", 0.0]]


def test_many_pings_lead_to_one_look_now_and_one_when_the_window_ends(receiver: Receiving) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: receiver.ping(wordpress_ping()).status, range(50)))
    assert replies == [200] * 50
    (first, second) = receiver.accepted
    assert first == ["news.example", "ping", 0.0]
    assert second[:2] == ["news.example", "ping"]
    assert 20 < second[2] <= 30
    assert receiver.counted(accepted__ping=1, queued=1, debounced=48)


def test_a_site_is_looked_at_again_after_its_window(receiver: Receiving) -> None:
    receiver.set_up(debounce=0.2)
    for _ in range(2):
        receiver.ping(wordpress_ping())
        time.sleep(0.3)
    assert receiver.accepted == [["news.example", "ping", 0.0]] * 2


def test_the_answer_comes_when_it_is_stored(receiver: Receiving) -> None:
    receiver.set_up(delay=0.6)
    began = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: receiver.ping(wordpress_ping()), range(3)))
    assert time.monotonic() - began >= 0.6
    assert [reply.status for reply in replies] == [200] * 3
    assert len(receiver.accepted) == 2


def test_a_sender_that_does_not_wait_is_heard_all_the_same(receiver: Receiving) -> None:
    receiver.set_up(delay=0.5)
    body = wordpress_ping()
    receiver.raw(_post("/rpc", body, "text/xml"), wait=0.1)
    assert soon(lambda: receiver.accepted == [["news.example", "ping", 0.0]])


def test_what_was_taken_in_is_stored_and_answered_before_the_end(receiver: Receiving) -> None:
    receiver.set_up(delay=0.7)
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(receiver.ping, wordpress_ping())
        time.sleep(0.3)
        told = receiver.told
        receiver.set_up(forget=False)
        assert sent.result().status == 200
    assert [what for what in told if "echo" not in what][:3] == [
        {"count": "accepted/ping"},
        {"accept": ["news.example", "ping", 0.0]},
        {"closed": True},
    ]


def test_a_database_that_is_away_is_told_and_the_next_push_is_a_first_one(receiver: Receiving) -> None:
    receiver.set_up(fails=True)
    for _ in range(2):
        reply = receiver.ping(wordpress_ping())
        assert (reply.status, reply.headers["Retry-After"]) == (503, "30")
    assert receiver.accepted == []
    assert receiver.counted(accepted__ping=2, failed__store=2)


def test_a_database_that_hangs_is_not_waited_for(receiver: Receiving) -> None:
    receiver.set_up(delay=1.0, store_seconds=0.2)
    assert receiver.ping(wordpress_ping()).status == 503
    assert soon(lambda: receiver.accepted == [["news.example", "ping", 0.0]])


def test_a_connection_serves_many_requests(receiver: Receiving) -> None:
    connection = HTTPConnection("127.0.0.1", receiver.port, timeout=10)
    for site in ("https://news.example", "https://gazette.example", "https://example.org/blog"):
        connection.request("POST", "/rpc", wordpress_ping(site), XML)
        answer = connection.getresponse()
        assert (answer.status, b"flerror" in answer.read()) == (200, True)
    connection.close()
    assert [site for site, *_ in receiver.accepted] == ["news.example", "gazette.example", "example.org/blog"]


def test_requests_sent_at_once_are_answered_in_order(receiver: Receiving) -> None:
    ping = _post("/rpc", wordpress_ping(), "text/xml")
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answers = receiver.raw(ping + ping + b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n" + last)
    assert re.findall(rb"HTTP/1\.1 (\d+)", answers) == [b"200", b"200", b"404", b"200"]


def test_a_proxy_that_speaks_http_1_0(receiver: Receiving) -> None:
    answer = receiver.raw(_post("/rpc", wordpress_ping(), "text/xml").replace(b"HTTP/1.1", b"HTTP/1.0", 1))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200 OK\r\n")
    assert b"\r\nConnection: close" in head
    assert body.endswith(b"</methodResponse>\n")


def test_its_health(receiver: Receiving) -> None:
    assert receiver.send("GET", "/healthz").body == "ok\n"
    assert receiver.send("HEAD", "/healthz").status == 200


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (HOOK, JSON | {"Authorization": f"Bearer {SECRET}"}),
        (HOOK, JSON | {"X-Presswalk-Signature": sign(HOOK.encode(), SECRET)}),
        ("site=https%3A%2F%2Fnews.example", FORM | {"Authorization": f"Bearer {SECRET}"}),
    ],
)
def test_a_webhook(receiver: Receiving, body: str, headers: dict[str, str]) -> None:
    receiver.set_up(webhook_secrets=[SECRET])
    reply = receiver.send("POST", "/hooks/site", body, headers)
    assert (reply.status, receiver.accepted) == (202, [["news.example", "webhook", 0.0]])
    assert receiver.counted(accepted__webhook=1)


def test_a_webhook_for_a_site_that_is_not_followed_is_told_so(receiver: Receiving) -> None:
    receiver.set_up(webhook_secrets=[SECRET])
    body = json.dumps({"site": "https://other.example"})
    reply = receiver.send("POST", "/hooks/site", body, JSON | {"Authorization": f"Bearer {SECRET}"})
    assert (reply.status, reply.body) == (404, "this site is not followed\n")
    assert receiver.counted(ignored__unknown_site=1)


def test_a_forged_webhook(receiver: Receiving) -> None:
    receiver.set_up(webhook_secrets=[SECRET])
    for headers in ({}, {"Authorization": "Bearer x"}, {"X-Presswalk-Signature": sign(b"other", SECRET)}):
        assert receiver.send("POST", "/hooks/site", HOOK, JSON | headers).status == 401
    assert receiver.accepted == []
    assert receiver.counted(refused__token=3)


def test_without_secrets_there_is_no_webhook(receiver: Receiving) -> None:
    assert receiver.send("POST", "/hooks/site", HOOK, JSON | {"Authorization": "Bearer "}).status == 404
    assert receiver.counted(refused__path=1)


def test_a_secret_in_the_path(receiver: Receiving) -> None:
    receiver.set_up(path_secret="s3cret")
    assert receiver.ping(wordpress_ping(), "/rpc/s3cret").status == 200
    for path in ("/rpc", "/rpc/", "/rpc/other", "/rpc/s3cret/", "/RPC2/s3cre", "/rsscloud"):
        assert receiver.ping(wordpress_ping(), path).status == 404
    assert receiver.accepted == [["news.example", "ping", 0.0]]
    assert receiver.counted(accepted__ping=1, refused__path=6)


def _post(path: str, body: bytes, content_type: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
