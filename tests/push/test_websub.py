"""What is sent to a hub, and what is answered to it."""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.push.subscription import State, Subscription, denied, unsubscribed, verified
from crawler.push.websub import answer_intent, judge_delivery, subscription_request

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TOPIC = "https://news.example/feed/"
ASKED = Subscription(
    site="news.example", topic=TOPIC, hub="https://hub.example/", token="token", secret="secret", asked_at=NOW
)
VERIFIED = verified(ASKED, timedelta(days=4), NOW)
BODY = b"<feed>\xff\0 as it came</feed>"


def query(mode: str = "subscribe", topic: str = TOPIC, **more: str) -> dict[str, list[str]]:
    told = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": "a challenge &<b>"}
    return {name: [value] for name, value in (told | {f"hub.{key}": value for key, value in more.items()}).items()}


def test_the_request_of_a_subscription() -> None:
    assert subscription_request(ASKED, "https://us.example/websub/token") == {
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.callback": "https://us.example/websub/token",
        "hub.verify": "sync",
        "hub.secret": "secret",
        "hub.lease_seconds": "864000",
    }
    ending = subscription_request(ASKED, "https://us.example/websub/token", "unsubscribe")
    assert (ending["hub.mode"], "hub.secret" in ending) == ("unsubscribe", False)


def test_what_was_asked_for_is_confirmed_with_the_challenge() -> None:
    intent = answer_intent(ASKED, query(lease_seconds="3600"), NOW)
    assert (intent.answer.status, intent.answer.body) == (200, b"a challenge &<b>")
    assert (intent.answer.content_type, intent.answer.headers) == (
        "text/plain; charset=utf-8",
        {"X-Content-Type-Options": "nosniff"},
    )
    assert intent.after == verified(ASKED, timedelta(hours=1), NOW)


@pytest.mark.parametrize("lease", ["", "-1", "1e9", "٣٦٠٠", "9" * 13, "soon"])
def test_a_lease_that_is_no_number_is_the_one_asked_for(lease: str) -> None:
    assert answer_intent(ASKED, query(lease_seconds=lease), NOW).after == verified(ASKED, None, NOW)


def test_a_hub_may_verify_again_by_itself() -> None:
    later = NOW + timedelta(days=3)
    intent = answer_intent(VERIFIED, query(lease_seconds="86400"), later)
    assert intent.after is not None
    assert intent.after.expires_at == later + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "mode"),
    [
        ("denied", "subscribe"),
        ("expired", "subscribe"),
        ("unsubscribing", "subscribe"),
        ("unsubscribed", "subscribe"),
        ("requested", "unsubscribe"),
        ("verified", "unsubscribe"),
        ("denied", "unsubscribe"),
        ("unsubscribed", "denied"),
        ("verified", "publish"),
        ("verified", ""),
    ],
)
def test_what_was_not_asked_for_is_not_confirmed(state: State, mode: str) -> None:
    intent = answer_intent(replace(VERIFIED, state=state), query(mode), NOW)
    assert (intent.answer.status, intent.outcome, intent.after) == (404, "not_asked_for", None)
    assert b"challenge" not in intent.answer.body


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (query(topic="https://other.example/feed/"), "other_topic"),
        (query(topic="https://news.example/feed"), "other_topic"),
        ({"hub.mode": ["subscribe"], "hub.challenge": ["x"]}, "other_topic"),
        (query() | {"hub.topic": [TOPIC, TOPIC]}, "other_topic"),
        (query(challenge=""), "no_challenge"),
        (query(challenge="x" * 2049), "no_challenge"),
        ({}, "other_topic"),
    ],
)
def test_a_verification_of_something_else(asked: dict[str, list[str]], outcome: str) -> None:
    intent = answer_intent(ASKED, asked, NOW)
    assert (intent.answer.status, intent.outcome, intent.after) == (404, outcome, None)


def test_an_unsubscription_is_confirmed_once_and_again() -> None:
    ending = replace(VERIFIED, state="unsubscribing")
    assert answer_intent(ending, query("unsubscribe"), NOW).after == unsubscribed(ending)
    again = answer_intent(unsubscribed(ending), query("unsubscribe"), NOW)
    assert (again.answer.body, again.outcome) == (b"a challenge &<b>", "unsubscribed")


def test_a_denial_is_noted_with_its_reason() -> None:
    intent = answer_intent(VERIFIED, query("denied", reason="not for you"), NOW)
    assert (intent.answer.status, intent.answer.body) == (200, b"")
    assert intent.after == denied(VERIFIED, "not for you", NOW)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_delivery_signed_over_the_raw_bytes_counts(method: str) -> None:
    signed = f"{method}={hmac.new(b'secret', BODY, getattr(hashlib, method)).hexdigest()}"
    for header in (signed, signed.upper(), f" {signed} "):
        delivery = judge_delivery(VERIFIED, header, BODY, NOW)
        assert (delivery.accepted, delivery.outcome, delivery.answer.status) == (True, "delivered", 202)


RIGHT = hmac.new(b"secret", BODY, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        (None, "signature_missing"),
        ("", "signature_missing"),
        (RIGHT, "signature_unknown_method"),
        (f"md5={RIGHT}", "signature_unknown_method"),
        (f"new={RIGHT}", "signature_unknown_method"),
        (f"sha512={RIGHT}", "signature_wrong"),
        ("sha256=", "signature_wrong"),
        (f"sha256={RIGHT[:-1]}", "signature_wrong"),
        ("sha256=ünïcode", "signature_wrong"),
        (f"sha256={hmac.new(b'other', BODY, hashlib.sha256).hexdigest()}", "signature_wrong"),
        (f"sha256={hashlib.sha256(BODY).hexdigest()}", "signature_wrong"),
    ],
)
def test_any_other_is_answered_alike_and_ignored(header: str | None, outcome: str) -> None:
    delivery = judge_delivery(VERIFIED, header, BODY, NOW)
    assert (delivery.accepted, delivery.outcome) == (False, outcome)
    assert delivery.answer == judge_delivery(VERIFIED, f"sha256={RIGHT}", BODY, NOW).answer


@given(st.text(max_size=200), st.binary(max_size=200))
def test_no_other_text_is_a_signature(header: str, body: bytes) -> None:
    assert not judge_delivery(VERIFIED, header, body, NOW).accepted


@pytest.mark.parametrize("state", ["denied", "expired", "unsubscribing", "unsubscribed"])
def test_a_subscription_that_is_over_is_gone(state: State) -> None:
    delivery = judge_delivery(replace(VERIFIED, state=state), f"sha256={RIGHT}", BODY, NOW)
    assert (delivery.accepted, delivery.outcome, delivery.answer.status) == (False, "over", 410)


def test_a_late_delivery_counts_for_an_hour() -> None:
    ends = NOW + timedelta(days=4)
    assert judge_delivery(VERIFIED, f"sha256={RIGHT}", BODY, ends + timedelta(minutes=59)).accepted
    late = judge_delivery(VERIFIED, f"sha256={RIGHT}", BODY, ends + timedelta(minutes=61))
    assert (late.accepted, late.outcome, late.answer.status) == (False, "late", 410)
