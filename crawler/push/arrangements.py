"""What is to be arranged with hubs and rssCloud servers now, given who offers to tell and what is arranged. Pure."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from crawler.push import rsscloud, subscription
from crawler.push.rsscloud import Cloud, Registration
from crawler.push.subscription import Subscription
from crawler.site_record import PushOffer

_SECRET_BYTES = 32

_LIVE = ("requested", "verified", "unsubscribing")


@dataclass(frozen=True, slots=True)
class AskHub:
    """Store the subscription as it is here, then ask its hub."""

    subscription: Subscription
    mode: Literal["subscribe", "unsubscribe"]
    before: Subscription | None = None
    """As it was when this was decided: a hub may say something meanwhile."""


@dataclass(frozen=True, slots=True)
class Register:
    """Store the registration as it is here, then ask the server."""

    registration: Registration
    cloud: Cloud


@dataclass(frozen=True, slots=True)
class Forget:
    """It is over: keep nothing of it."""

    arranged: Subscription | Registration


Step = AskHub | Register | Forget


def next_steps(
    offers: Mapping[str, PushOffer],
    subscriptions: Iterable[Subscription],
    registrations: Iterable[Registration],
    now: datetime,
) -> Iterator[Step]:
    """What is due. ``offers``: of the followed sites, those that name somebody."""
    kept = list(subscriptions)
    wanted = {(site, offer.hubs[0], offer.topic) for site, offer in offers.items() if offer.hubs and offer.topic}
    for known in kept:
        yield from _with_hub(known, now, is_wanted=(known.site, known.hub, known.topic) in wanted)
    for site, hub, topic in sorted(wanted - {(one.site, one.hub, one.topic) for one in kept}):
        yield AskHub(_new(site, hub, topic, now), "subscribe")
    yield from _with_servers(offers, list(registrations), now)


def _new(site: str, hub: str, topic: str, now: datetime) -> Subscription:
    token, secret = secrets.token_urlsafe(_SECRET_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
    return Subscription(site=site, hub=hub, topic=topic, token=token, secret=secret, asked_at=now)


def _with_hub(known: Subscription, now: datetime, *, is_wanted: bool) -> Iterator[Step]:
    """A subscription that is there: renewed, repeated, or ended where nobody wants it any more."""
    before = known
    if is_wanted and known.state in ("unsubscribing", "unsubscribed"):  # wanted again
        known = replace(known, state="expired", asked=0)
    if not is_wanted and known.state not in _LIVE:
        yield Forget(known)
        return
    if not is_wanted and known.state != "unsubscribing":
        yield AskHub(subscription.unsubscribing(known, now), "unsubscribe", before)
        return
    due = subscription.next_request_at(subscription.expired(known, now), now)
    if due is None:
        yield Forget(known)
    elif due <= now and is_wanted:
        yield AskHub(subscription.asked_again(subscription.expired(known, now), now), "subscribe", before)
    elif due <= now:
        yield AskHub(subscription.unsubscribing(known, now), "unsubscribe", before)


def _with_servers(offers: Mapping[str, PushOffer], registrations: list[Registration], now: datetime) -> Iterator[Step]:
    wanted = {offer.feed: (site, Cloud(offer.cloud, offer.protocol or "http-post"))
              for site, offer in offers.items() if offer.feed and offer.cloud}  # fmt: skip
    known = {one.feed_url: one for one in registrations}
    for feed, one in known.items():
        if feed not in wanted:
            yield Forget(one)  # rssCloud has no word for it: it ends by itself within 25 hours
    for feed, (site, cloud) in wanted.items():
        before = known.get(feed)
        if before is None or (before.site, before.cloud_url) != (site, cloud.url):
            yield Register(Registration(site=site, feed_url=feed, cloud_url=cloud.url, asked_at=now), cloud)
        elif rsscloud.next_request_at(before) <= now:
            yield Register(rsscloud.asked_again(before, now), cloud)
