"""A WebSub subscriber: what is sent to a hub, and what is answered to it. Pure.

Source: W3C Recommendation WebSub; its forerunners PubSubHubbub 0.3 and 0.4, which the hub of WordPress.com speaks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.push import signature
from crawler.push.messages import Answer, only
from crawler.push.subscription import (
    LEASE,
    Subscription,
    denied,
    has_ended,
    unsubscribed,
    verified,
)

LARGEST = 4_000_000
"""Bytes of a delivery: a feed of ten long posts in full. Only who knows the address of a subscription may send it."""

SIGNATURE_HEADER = "x-hub-signature"

_LONGEST_CHALLENGE = 2048
_LONGEST_REASON = 500
_MOST_LEASE_DIGITS = 12

_ECHO = {"X-Content-Type-Options": "nosniff"}
"""A challenge is what somebody else wrote: no browser is to take it for a page."""

_NOT_OURS = Answer(404, b"no such subscription\n")
_GONE = Answer(410, b"this subscription has ended\n")
_RECEIVED = Answer(202, b"received\n")


def subscription_request(
    subscription: Subscription, callback: str, mode: Literal["subscribe", "unsubscribe"] = "subscribe"
) -> dict[str, str]:
    """The form to POST to the hub (WebSub 5.1). ``callback``: the URL of ``/websub/TOKEN`` as the hub reaches it.

    ``hub.verify`` is of PubSubHubbub 0.3, and WordPress.com's hub refuses a request without it; it verifies before it
    answers. Later hubs ignore the field. The secret goes along with every request, so that a renewal keeps it.
    """
    fields = {
        "hub.mode": mode,
        "hub.topic": subscription.topic,
        "hub.callback": callback,
        "hub.verify": "sync",
    }
    if mode == "subscribe":
        fields |= {"hub.secret": subscription.secret, "hub.lease_seconds": str(int(LEASE.total_seconds()))}
    return fields


@dataclass(frozen=True, slots=True)
class Intent:
    """What a hub's GET leads to: ``after`` is the subscription to be stored before answering, None for no change."""

    answer: Answer
    outcome: str
    """The name it is counted under."""
    after: Subscription | None = None


def answer_intent(subscription: Subscription, query: Mapping[str, list[str]], now: datetime) -> Intent:
    """Verification of intent and denial (WebSub 5.2, 5.3): agree to what was asked for, and to nothing else.

    A hub may verify again by itself before the lease ends, as PubSubHubbub 0.3 has it: that renews the subscription.
    """
    if only(query, "hub.topic") != subscription.topic:
        return Intent(_NOT_OURS, "other_topic")
    match only(query, "hub.mode"), subscription.state:
        case "subscribe", "requested" | "verified":
            return _agreed(query, "verified", verified(subscription, _lease(query), now))
        case "unsubscribe", "unsubscribing" | "unsubscribed":
            return _agreed(query, "unsubscribed", unsubscribed(subscription))
        case "denied", "requested" | "verified" | "denied":
            reason = only(query, "hub.reason")[:_LONGEST_REASON]
            return Intent(Answer(200), "denied", denied(subscription, reason, now))
        case _:
            return Intent(_NOT_OURS, "not_asked_for")


def _agreed(query: Mapping[str, list[str]], outcome: str, after: Subscription) -> Intent:
    challenge = only(query, "hub.challenge")
    if not 0 < len(challenge) <= _LONGEST_CHALLENGE:
        return Intent(_NOT_OURS, "no_challenge")
    return Intent(Answer(200, challenge.encode("utf-8", "surrogateescape"), headers=_ECHO), outcome, after)


def _lease(query: Mapping[str, list[str]]) -> timedelta | None:
    said = only(query, "hub.lease_seconds")
    is_number = said.isascii() and said.isdigit() and len(said) <= _MOST_LEASE_DIGITS
    return timedelta(seconds=int(said)) if is_number else None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a hub's POST leads to. ``accepted``: it says that the site changed."""

    answer: Answer
    outcome: str
    """The name it is counted under."""
    accepted: bool = False


def judge_delivery(subscription: Subscription, signed: str | None, body: bytes, now: datetime) -> Delivery:
    """Content distribution (WebSub 7): only what is signed with our secret counts.

    A wrong signature is answered like a right one and ignored: so the Recommendation wants it, it tells a forger
    nothing, and WordPress.com's hub drops a subscriber at the first answer that is not 2xx. A subscription that is
    over is answered with 410, at which a hub may stop.
    """
    if subscription.state not in ("requested", "verified"):
        return Delivery(_GONE, "over")
    if has_ended(subscription, now):
        return Delivery(_GONE, "late")
    verdict = signature.check(signed, body, subscription.secret)
    if verdict != "right":
        return Delivery(_RECEIVED, f"signature_{verdict}")
    return Delivery(_RECEIVED, "delivered", accepted=True)
