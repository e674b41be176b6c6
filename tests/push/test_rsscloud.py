"""Registrations at an rssCloud server."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.push.rsscloud import (
    Cloud,
    Registration,
    answered,
    asked_again,
    challenge_answer,
    next_request_at,
    notified_feed,
    registration_request,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FEED = "https://news.example/feed/"
ASKED = Registration(site="news.example", feed_url=FEED, cloud_url="http://news.example:80/", asked_at=NOW)
GOOD = b"<?xml version='1.0'?>\n<notifyResult success='true' msg='Registration successful.' />\n"


@pytest.mark.parametrize(
    ("protocol", "callback", "port", "sent"),
    [
        ("http-post", "http://us.example/rsscloud/s", "80", "http-post"),
        ("http-post", "https://us.example/rsscloud/s", "443", "http-post"),
        ("https-post", "https://us.example/rsscloud/s", "443", "https-post"),
        ("https-post", "http://us.example:6080/rsscloud/s", "6080", "http-post"),
    ],
)
def test_the_request_of_a_registration(protocol: str, callback: str, port: str, sent: str) -> None:
    assert registration_request(Cloud("http://news.example:80/", protocol), FEED, callback) == {
        "notifyProcedure": "",
        "protocol": sent,
        "domain": "us.example",
        "port": port,
        "path": "/rsscloud/s",
        "url1": FEED,
    }


def test_a_registration_is_renewed_after_a_day() -> None:
    granted = answered(ASKED, 200, GOOD)
    assert (granted.state, next_request_at(granted)) == ("registered", NOW + timedelta(hours=24))
    renewed = asked_again(granted, NOW + timedelta(hours=24))
    assert (renewed.state, next_request_at(renewed)) == ("registered", NOW + timedelta(hours=24, minutes=4))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<notifyResult success='false' msg='No feed for url1.' />"),
        (500, GOOD),
        (200, b""),
        (200, b"<html>hello</html>"),
    ],
)
def test_a_server_that_refuses_is_asked_later_and_later_up_to_a_day(status: int, body: bytes) -> None:
    refused = answered(ASKED, status, body)
    assert (refused.state, next_request_at(refused)) == ("refused", NOW + timedelta(minutes=4))
    for _ in range(20):
        refused = answered(asked_again(refused, NOW), status, body)
    assert next_request_at(refused) == NOW + timedelta(hours=24)


def test_what_a_server_sends() -> None:
    assert notified_feed({"url": [f" {FEED}"]}) == FEED
    assert notified_feed({"url": [FEED, FEED]}) == ""
    answer = challenge_answer({"challenge": ["a<b>&"]})
    assert answer is not None
    assert (answer.body, answer.content_type) == (b"a<b>&", "text/plain; charset=utf-8")
    assert challenge_answer({}) is None
    assert challenge_answer({"challenge": ["x" * 1025]}) is None
