"""rssCloud with a server: registering, notifications, and what others send."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from crawler.push.rsscloud import Cloud, registration_request
from tests.push.cloud import CloudServer, serve_cloud
from tests.push.receiving import FORM, TOPIC, Receiving, registered
from tests.push.serving_forms import request


@pytest.fixture
def cloud() -> Iterator[CloudServer]:
    """The server of the site's feed."""
    with serve_cloud(TOPIC) as server:
        yield server


def register(receiver: Receiving, cloud: CloudServer, *, domain: bool = True) -> bytes:
    """Send the request to the server; its answer."""
    form = registration_request(
        Cloud(cloud.url, "http-post"), TOPIC, f"http://127.0.0.1:{receiver.port}/rsscloud/s3cret"
    )
    if not domain:
        del form["domain"]
    return request("POST", cloud.url, urlencode(form).encode(), FORM)[1]


def test_a_registration_with_a_challenge_and_a_notification(receiver: Receiving, cloud: CloudServer) -> None:
    receiver.set_up(path_secret="s3cret", registrations=[registered()])
    assert b"success='true'" in register(receiver, cloud)
    assert receiver.accepted == []
    assert cloud.notify() == [200]
    assert receiver.accepted == [["news.example", "rsscloud", 0.0]]
    assert receiver.counted(rsscloud__challenged=1, accepted__rsscloud=1)


def test_a_registration_that_is_tried_by_a_notification(receiver: Receiving, cloud: CloudServer) -> None:
    receiver.set_up(path_secret="s3cret", registrations=[registered()])
    assert b"success='true'" in register(receiver, cloud, domain=False)
    assert receiver.counted(accepted__rsscloud=1)


def test_a_challenge_for_a_feed_that_was_not_registered(receiver: Receiving, cloud: CloudServer) -> None:
    receiver.set_up(path_secret="s3cret")
    assert b"success='false'" in register(receiver, cloud)
    assert receiver.counted(refused__challenge=1)


@pytest.mark.parametrize(
    "body", ["url=https%3A%2F%2Fother.example%2Ffeed%2F", "", "url=", f"url={TOPIC}&url={TOPIC}", f"URL={TOPIC}"]
)
def test_a_notification_of_a_feed_that_was_not_registered(receiver: Receiving, body: str) -> None:
    receiver.set_up(registrations=[registered()])
    assert receiver.send("POST", "/rsscloud", body, FORM).status == 200
    assert receiver.accepted == []
    assert receiver.counted(ignored__unknown_feed=1)


@pytest.mark.parametrize("query", [f"?url={TOPIC}", f"?url={TOPIC}&challenge=", "?challenge=x", ""])
def test_a_challenge_that_is_none(receiver: Receiving, query: str) -> None:
    receiver.set_up(registrations=[registered()])
    assert receiver.send("GET", f"/rsscloud{query}").status == 404
    assert receiver.counted(refused__challenge=1)


def test_a_form_of_a_thousand_fields(receiver: Receiving) -> None:
    assert receiver.send("POST", "/rsscloud", "a=1&" * 1000, FORM).status == 400
    assert receiver.counted(refused__fields=1)
