"""What becomes of a subscription."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.push.subscription import (
    LEASE,
    LONGEST_LEASE,
    Subscription,
    asked_again,
    denied,
    expired,
    has_ended,
    next_request_at,
    unsubscribed,
    unsubscribing,
    verified,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = Subscription(
    site="news.example",
    topic="https://news.example/feed/",
    hub="https://hub.example/",
    token="token",
    secret="secret",
    asked_at=NOW,
)
VERIFIED = verified(ASKED, 4 * DAY, NOW)


def test_a_lease_is_renewed_when_three_quarters_of_it_have_passed() -> None:
    assert (VERIFIED.state, VERIFIED.expires_at, VERIFIED.renew_at) == ("verified", NOW + 4 * DAY, NOW + 3 * DAY)
    assert next_request_at(VERIFIED, NOW) == NOW + 3 * DAY


@pytest.mark.parametrize(
    ("lease", "expires", "renews"),
    [
        (None, LEASE, LEASE * 0.75),
        (timedelta(0), LEASE, LEASE * 0.75),
        (timedelta(seconds=10), timedelta(seconds=10), timedelta(minutes=5)),
        (timedelta(days=36500), LONGEST_LEASE, LONGEST_LEASE * 0.75),
    ],
)
def test_a_lease_that_is_missing_tiny_or_endless(
    lease: timedelta | None, expires: timedelta, renews: timedelta
) -> None:
    granted = verified(ASKED, lease, NOW)
    assert (granted.expires_at, granted.renew_at) == (NOW + expires, NOW + renews)


def test_a_subscription_stays_verified_while_it_is_renewed() -> None:
    later = NOW + 3 * DAY
    asked = asked_again(VERIFIED, later)
    assert (asked.state, asked.asked, next_request_at(asked, later)) == ("verified", 1, later + timedelta(minutes=2))
    assert verified(asked, 4 * DAY, later).expires_at == later + 4 * DAY


def test_a_hub_that_does_not_answer_is_asked_later_and_later_up_to_a_day() -> None:
    waits, subscription = [], ASKED
    for _ in range(14):
        due = next_request_at(subscription, subscription.asked_at)
        assert due is not None
        waits.append((due - subscription.asked_at) / timedelta(minutes=1))
        subscription = asked_again(subscription, due)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440, 1440]


def test_a_denied_subscription_is_asked_for_again_the_next_day() -> None:
    refused = denied(VERIFIED, "spam", NOW)
    assert (refused.state, refused.reason, refused.expires_at) == ("denied", "spam", None)
    assert next_request_at(refused, NOW) == NOW + DAY
    assert asked_again(refused, NOW + DAY).state == "requested"


def test_a_lease_ends_an_hour_after_its_end() -> None:
    assert expired(VERIFIED, NOW + 4 * DAY + HOUR) == VERIFIED
    ended = expired(VERIFIED, NOW + 4 * DAY + HOUR + timedelta(seconds=1))
    assert ended.state == "expired"
    assert next_request_at(ended, NOW + 9 * DAY) == NOW + 9 * DAY
    assert not has_ended(ASKED, NOW + 99 * DAY)


def test_an_unsubscription_is_asked_for_three_times_at_most() -> None:
    ending = unsubscribing(VERIFIED, NOW)
    assert (ending.state, ending.renew_at, ending.asked) == ("unsubscribing", None, 1)
    ending = unsubscribing(ending, NOW)
    assert next_request_at(ending, NOW) == NOW + timedelta(minutes=4)
    assert next_request_at(unsubscribing(ending, NOW), NOW) is None
    assert next_request_at(unsubscribed(ending), NOW) is None


@pytest.mark.parametrize("secret", ["", "x" * 200, "ü" * 100])
def test_a_secret_has_less_than_200_bytes(secret: str) -> None:
    with pytest.raises(ValueError, match="199 bytes"):
        replace(ASKED, secret=secret)


def test_a_subscription_does_not_show_what_is_secret() -> None:
    shown = repr(replace(ASKED, token="hidden-token", secret="hidden-secret"))
    assert "hidden" not in shown
