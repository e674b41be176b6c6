"""WebSub with a hub: subscribing, renewing, denial, unsubscribing, and deliveries of every kind."""

from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode

import pytest

from crawler.push.subscription import Subscription
from crawler.push.websub import subscription_request
from tests.push.hub import Hub, serve_hub
from tests.push.receiving import FORM, SECRET, TOKEN, TOPIC, Receiving, subscribed
from tests.push.serving_forms import request
from tests.routes.feeds import item, rss

FEED = rss(item())
ACCEPTED = ["news.example", "websub", 0.0]


def subscribe(receiver: Receiving, hub: Hub, mode: Literal["subscribe", "unsubscribe"] = "subscribe") -> int:
    """Send the request to the hub; the status of its answer."""
    told = Subscription(
        site="news.example", topic=TOPIC, hub=hub.url, token=TOKEN, secret=SECRET, asked_at=datetime.now(UTC)
    )
    form = subscription_request(told, f"http://127.0.0.1:{receiver.port}/websub/{TOKEN}", mode)
    return request("POST", hub.url, urlencode(form).encode(), FORM)[0]


def with_subscription(receiver: Receiving, **changed: Any) -> None:
    receiver.set_up(subscriptions=[subscribed(**changed)])


def asked(receiver: Receiving) -> None:
    with_subscription(receiver, state="requested", expires_in=None)


def test_a_hub_that_verifies_later_and_delivers(receiver: Receiving) -> None:
    asked(receiver)
    with serve_hub() as hub:
        assert subscribe(receiver, hub) == 202
        hub.settle()
        assert hub.verifications == [(200, b"c+h/a&l=")]
        assert receiver.stored == [["verified", 3600, None]]
        assert hub.publish(FEED) == [202]
    assert receiver.accepted == [ACCEPTED]
    assert receiver.counted(websub__verified=1, websub__delivered=1, accepted__websub=1)


def test_the_hub_of_wordpress_com_verifies_within_the_request_and_signs_with_sha1(receiver: Receiving) -> None:
    asked(receiver)
    with serve_hub("wordpress.com") as hub:
        assert subscribe(receiver, hub) == 204
        assert hub.publish(FEED, secret="forged") == [202]
        assert hub.publish(FEED) == [202]
        assert list(hub.subscribers) == [f"http://127.0.0.1:{receiver.port}/websub/{TOKEN}"]
    assert receiver.accepted == [ACCEPTED]
    assert receiver.counted(websub__verified=1, websub__signature_wrong=1, websub__delivered=1, accepted__websub=1)


def test_a_renewal_is_verified_while_deliveries_go_on(receiver: Receiving) -> None:
    with_subscription(receiver, expires_in=60, asked=1)
    with serve_hub() as hub:
        subscribe(receiver, hub)
        hub.settle()
        assert receiver.stored == [["verified", 3600, None]]
        assert hub.publish(FEED) == [202]
    assert receiver.accepted == [ACCEPTED]


def test_a_denial_ends_the_subscription(receiver: Receiving) -> None:
    asked(receiver)
    with serve_hub("denying") as hub:
        subscribe(receiver, hub)
        hub.settle()
        assert hub.verifications == [(200, b"")]
        assert receiver.stored == [["denied", None, "not for you"]]
        hub.subscribers[f"http://127.0.0.1:{receiver.port}/websub/{TOKEN}"] = {
            "hub.topic": TOPIC,
            "hub.secret": SECRET,
        }
        assert hub.publish(FEED) == [410]
        assert hub.subscribers == {}
    assert receiver.accepted == []
    assert receiver.counted(websub__denied=1, websub__over=1)


def test_an_unsubscription_is_confirmed_if_it_was_asked_for(receiver: Receiving) -> None:
    asked(receiver)
    with serve_hub() as hub:
        subscribe(receiver, hub)
        hub.settle()
        assert subscribe(receiver, hub, "unsubscribe") == 202
        hub.settle()
        assert (hub.verifications[-1][0], len(hub.subscribers)) == (404, 1)
        port = receiver.port
        with_subscription(receiver, state="unsubscribing")
        hub.subscribers[f"http://127.0.0.1:{receiver.port}/websub/{TOKEN}"] = hub.subscribers.pop(
            f"http://127.0.0.1:{port}/websub/{TOKEN}"
        )
        subscribe(receiver, hub, "unsubscribe")
        hub.settle()
        assert hub.subscribers == {}
    assert receiver.stored == [["unsubscribed", None, None]]
    assert receiver.counted(websub__unsubscribed=1)


def test_a_subscription_that_nobody_asked_for_is_not_confirmed(receiver: Receiving) -> None:
    with_subscription(receiver, topic="https://news.example/another/")
    with serve_hub() as hub:
        subscribe(receiver, hub)
        hub.settle()
        assert hub.verifications == [(404, b"no such subscription\n")]
    assert receiver.stored == []
    assert receiver.counted(websub__other_topic=1)


@pytest.fixture
def delivering(receiver: Receiving) -> Receiving:
    """A receiver with a verified subscription."""
    with_subscription(receiver)
    return receiver


def deliver(receiver: Receiving, body: bytes, **changed: Any) -> list[int]:
    """A delivery from a hub that has the subscription."""
    hub = Hub("w3c")
    hub.subscribers[f"http://127.0.0.1:{receiver.port}/websub/{TOKEN}"] = {"hub.topic": TOPIC, "hub.secret": SECRET}
    return hub.publish(body, **changed)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_delivery_signed_by_any_method(delivering: Receiving, method: str) -> None:
    assert deliver(delivering, b"\xff\0 raw \r\n bytes", method=method) == [202]
    assert delivering.accepted == [ACCEPTED]


def test_a_replayed_delivery_counts_once(delivering: Receiving) -> None:
    assert [deliver(delivering, FEED) for _ in range(3)] == [[202]] * 3
    assert deliver(delivering, FEED + b"\n") == [202]
    assert delivering.counted(websub__delivered=2, accepted__websub=1, queued=1, websub__replayed=2)


def test_a_delivery_that_could_not_be_stored_is_no_replay(receiver: Receiving) -> None:
    receiver.set_up(subscriptions=[subscribed()], fails=True)
    assert [deliver(receiver, FEED) for _ in range(2)] == [[503]] * 2
    assert receiver.counted(accepted__websub=2, failed__store=2)


def test_a_forged_delivery_is_ignored(delivering: Receiving) -> None:
    assert deliver(delivering, FEED, secret="guessed") == [202]
    path = f"/websub/{TOKEN}"
    assert delivering.send("POST", path, FEED).status == 202
    assert delivering.send("POST", path, FEED, {"X-Hub-Signature": "md5=00"}).status == 202
    assert delivering.accepted == []
    assert delivering.counted(
        websub__signature_wrong=1, websub__signature_missing=1, websub__signature_unknown_method=1
    )


def test_a_delivery_long_after_the_lease_is_late(receiver: Receiving) -> None:
    with_subscription(receiver, expires_in=-1800)
    assert deliver(receiver, FEED) == [202]
    with_subscription(receiver, expires_in=-7200)
    assert deliver(receiver, FEED) == [410]
    assert receiver.counted(websub__late=1)


def test_a_long_delivery_is_taken_and_a_longer_one_is_not(delivering: Receiving) -> None:
    assert deliver(delivering, b"x" * 3_999_999) == [202]
    assert delivering.accepted == [ACCEPTED]
    length = {"Content-Length": "4000001", "X-Hub-Signature": "sha256=00"}
    assert delivering.send("POST", f"/websub/{TOKEN}", b"x", length).status == 413


def test_a_verification_that_could_not_be_stored_is_not_confirmed(receiver: Receiving) -> None:
    receiver.set_up(subscriptions=[subscribed(state="requested", expires_in=None)], fails=True)
    with serve_hub() as hub:
        subscribe(receiver, hub)
        hub.settle()
        assert (hub.verifications[0][0], hub.subscribers) == (503, {})
