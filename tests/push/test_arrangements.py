"""What is to be arranged with hubs and rssCloud servers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.push import rsscloud
from crawler.push import subscription as states
from crawler.push.arrangements import AskHub, Forget, Register, Step, next_steps
from crawler.push.rsscloud import Cloud, Registration
from crawler.push.subscription import Subscription
from crawler.site_record import PushOffer
from tests.examples import NOW, SITE

HUB, TOPIC = "https://hub.example/", f"https://{SITE}/feed/"
OFFER = {SITE: PushOffer(hubs=[HUB, "https://second.example/"], topic=TOPIC)}
KNOWN = Subscription(site=SITE, topic=TOPIC, hub=HUB, token="t" * 43, secret="s", asked_at=NOW)
VERIFIED = states.verified(KNOWN, timedelta(days=10), NOW)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

CLOUD = Cloud("http://news.example:80/?rsscloud=notify", "http-post")
CLOUDED = {SITE: PushOffer(cloud=CLOUD.url, protocol=CLOUD.protocol, feed=TOPIC)}
ASKED = Registration(site=SITE, feed_url=TOPIC, cloud_url=CLOUD.url, asked_at=NOW)
REGISTERED = replace(ASKED, state="registered", asked=0)


def steps(offers: dict[str, PushOffer], *known: Subscription | Registration, at: datetime = NOW) -> list[Step]:
    subscriptions = [one for one in known if isinstance(one, Subscription)]
    registrations = [one for one in known if isinstance(one, Registration)]
    return list(next_steps(offers, subscriptions, registrations, at))


def test_the_first_hub_of_a_followed_site_is_asked() -> None:
    [step] = steps(OFFER)
    assert isinstance(step, AskHub)
    asked = step.subscription
    assert (step.mode, step.before) == ("subscribe", None)
    assert (asked.site, asked.hub, asked.topic, asked.state) == (SITE, HUB, TOPIC, "requested")
    assert len(asked.token) == len(asked.secret) == 43
    [other] = steps(OFFER)
    assert isinstance(other, AskHub)
    assert other.subscription.token != asked.token


@pytest.mark.parametrize(
    ("known", "after", "asked"),
    [
        (KNOWN, MINUTE, False),
        (KNOWN, 3 * MINUTE, True),
        (VERIFIED, 7 * DAY, False),
        (VERIFIED, 8 * DAY, True),
        (VERIFIED, 20 * DAY, True),
        (states.denied(KNOWN, "no", NOW), 23 * HOUR, False),
        (states.denied(KNOWN, "no", NOW), 25 * HOUR, True),
        (states.unsubscribed(KNOWN), MINUTE, True),
    ],
)
def test_a_subscription_is_renewed_and_repeated_in_time(known: Subscription, after: timedelta, asked: bool) -> None:
    found = steps(OFFER, known, at=NOW + after)
    again = [step.subscription for step in found if isinstance(step, AskHub) and step.before == known]
    assert [(one.token, one.asked_at) for one in again] == [(known.token, NOW + after)] * asked
    assert len(found) == asked


def test_a_renewal_leaves_the_subscription_as_it_is_until_it_is_granted() -> None:
    [step] = steps(OFFER, VERIFIED, at=NOW + 8 * DAY)
    assert isinstance(step, AskHub)
    assert (step.subscription.state, step.subscription.asked) == ("verified", 1)


def test_what_nobody_wants_any_more_is_ended_and_then_forgotten() -> None:
    [step] = steps({}, VERIFIED)
    assert isinstance(step, AskHub)
    assert (step.mode, step.subscription.state) == ("unsubscribe", "unsubscribing")
    assert steps({}, step.subscription, at=NOW + MINUTE) == []
    [again] = steps({}, step.subscription, at=NOW + HOUR)
    assert isinstance(again, AskHub)
    assert (again.mode, again.subscription.asked) == ("unsubscribe", 2)
    silent = replace(step.subscription, asked=3)
    assert steps({}, silent, at=NOW + DAY) == [Forget(silent)]
    for over in (states.unsubscribed(KNOWN), states.denied(KNOWN, "no", NOW)):
        assert steps({}, over) == [Forget(over)]


def test_another_hub_is_asked_anew_and_the_old_one_is_left() -> None:
    moved = {SITE: PushOffer(hubs=["https://second.example/"], topic=TOPIC)}
    old, new = steps(moved, VERIFIED)
    assert isinstance(old, AskHub)
    assert isinstance(new, AskHub)
    assert [(one.mode, one.subscription.hub) for one in (old, new)] == [
        ("unsubscribe", HUB),
        ("subscribe", "https://second.example/"),
    ]


def test_a_feed_is_registered_and_again_after_a_day() -> None:
    assert steps(CLOUDED) == [Register(ASKED, CLOUD)]
    assert steps(CLOUDED, REGISTERED, at=NOW + 23 * HOUR) == []
    assert steps(CLOUDED, REGISTERED, at=NOW + DAY) == [Register(rsscloud.asked_again(REGISTERED, NOW + DAY), CLOUD)]
    assert steps({}, REGISTERED) == [Forget(REGISTERED)]


def test_another_server_is_asked_at_once() -> None:
    elsewhere = replace(REGISTERED, cloud_url="http://other.example:80/")
    assert steps(CLOUDED, elsewhere) == [Register(ASKED, CLOUD)]


def test_a_site_that_offers_nothing_is_left_alone() -> None:
    assert steps({SITE: PushOffer()}) == []
