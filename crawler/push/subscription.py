"""A WebSub subscription and what becomes of it. Pure: times in, a new subscription out.

    requested --verified--> verified --unsubscribing--> unsubscribing --unsubscribed--> unsubscribed
        |                    |    |
        +------ denied ------+    +-- expired (the lease ended and was not renewed)

A renewal is a request for the same subscription again: it stays ``verified`` meanwhile, and deliveries go on.
Source: W3C Recommendation WebSub, 5.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

State = Literal["requested", "verified", "denied", "expired", "unsubscribing", "unsubscribed"]

MOST_SECRET_BYTES = 200
"""WebSub 5.1: a secret "MUST be less than 200 bytes in length"; so 199 are the most."""

LEASE = timedelta(days=10)
"""What is asked for. Hubs give what they like; WordPress.com's keeps a subscription for as long as it is answered."""

RENEW_AFTER = 0.75
"""Of the granted lease: what is left is time for a hub that is down, or for us."""

LONGEST_LEASE = timedelta(days=60)
"""That is believed: a subscription that a hub forgot is found within that time."""

SHORTEST_RENEWAL = timedelta(minutes=5)
"""However short the lease is, a hub is not asked more often."""

AFTER_DENIAL = timedelta(days=1)
LATENESS = timedelta(hours=1)
"""After the end of a lease in which deliveries still count: they may have waited in the hub's queue."""

_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_RETRY = timedelta(days=1)
_MOST_UNSUBSCRIBES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One topic at one hub. Times are UTC."""

    site: str
    """See ``urls.site_id``."""
    topic: str
    """Exactly as the feed's ``self`` link says it: WordPress.com's hub compares the text."""
    hub: str
    token: str = field(repr=False)
    """The last segment of the callback's path, which only the hub is told."""
    secret: str = field(repr=False)
    """Key of the signatures."""
    state: State = "requested"
    asked_at: datetime
    """The latest request for it, or to end it."""
    asked: int = 1
    """Requests since the hub last confirmed anything."""
    expires_at: datetime | None = None
    renew_at: datetime | None = None
    reason: str | None = None
    """Of a denial, in the hub's words."""

    def __post_init__(self) -> None:
        if not 0 < len(self.secret.encode()) < MOST_SECRET_BYTES:
            raise ValueError("the secret of a subscription has 1 to 199 bytes")


def asked_again(subscription: Subscription, now: datetime) -> Subscription:
    """It is about to be requested once more. To be stored before the request goes out: hubs may verify within it."""
    state: State = "verified" if subscription.state == "verified" else "requested"
    return replace(subscription, state=state, asked_at=now, asked=subscription.asked + 1, reason=None)


def verified(subscription: Subscription, lease: timedelta | None, now: datetime) -> Subscription:
    """The hub confirmed it, for ``lease``; hubs of the older versions may not say for how long."""
    granted = min(lease if lease and lease > timedelta(0) else LEASE, LONGEST_LEASE)
    renewal = max(granted * RENEW_AFTER, SHORTEST_RENEWAL)
    ends, renews = now + granted, now + renewal
    return replace(subscription, state="verified", asked=0, expires_at=ends, renew_at=renews, reason=None)


def denied(subscription: Subscription, reason: str, now: datetime) -> Subscription:
    """The hub refused it, or ended it (WebSub 5.2)."""
    return replace(subscription, state="denied", asked_at=now, reason=reason or None, expires_at=None, renew_at=None)


def unsubscribing(subscription: Subscription, now: datetime) -> Subscription:
    """It is about to be asked to end. To be stored before the request goes out."""
    asked = subscription.asked + 1 if subscription.state == "unsubscribing" else 1
    return replace(subscription, state="unsubscribing", asked_at=now, asked=asked, renew_at=None)


def unsubscribed(subscription: Subscription) -> Subscription:
    """The hub confirmed that it ended."""
    return replace(subscription, state="unsubscribed", asked=0, expires_at=None, renew_at=None)


def expired(subscription: Subscription, now: datetime) -> Subscription:
    """The same, or expired if its lease ended."""
    return replace(subscription, state="expired") if has_ended(subscription, now) else subscription


def has_ended(subscription: Subscription, now: datetime) -> bool:
    """Whether the lease ended, with what deliveries may be late."""
    ends = subscription.expires_at
    return subscription.state == "verified" and ends is not None and now > ends + LATENESS


def next_request_at(subscription: Subscription, now: datetime) -> datetime | None:
    """When the hub is to be asked again; None for never. Failed requests are repeated later and later, up to a day."""
    retry = subscription.asked_at + _retry(subscription.asked)
    match subscription.state:
        case "verified":
            renewal = subscription.renew_at or now
            return max(renewal, retry) if subscription.asked else renewal
        case "requested":
            return retry
        case "denied":
            return subscription.asked_at + AFTER_DENIAL
        case "expired":
            return max(now, retry) if subscription.asked else now
        case "unsubscribing":
            return retry if subscription.asked < _MOST_UNSUBSCRIBES else None
        case "unsubscribed":
            return None


def _retry(asked: int) -> timedelta:
    return min(_FIRST_RETRY * (1 << min(asked, 16)), _LONGEST_RETRY)
