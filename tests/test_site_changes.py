"""What is told of a site after a crawl of it."""

from copy import deepcopy
from dataclasses import replace

from crawler.routes.ladder import State
from crawler.site_changes import site_events
from crawler.site_record import Health, Offer, SiteRecord

from .examples import HOME, LATER, MUCH_LATER, NOW, SITE


def record() -> SiteRecord:
    """A site as an earlier crawl left it."""
    offers = {"rest": Offer(state=State.COMPLETE), "feed": Offer(state=State.SUMMARY)}
    return SiteRecord(id=SITE, url=HOME, home=HOME, offers=offers, route="rest", checked_at=NOW, health=Health())


def test_what_is_as_it_was_is_no_event() -> None:
    after = replace(deepcopy(record()), checked_at=LATER, counts={"rest": 12}, language="en")
    assert site_events(record(), after, LATER) == []


def test_a_site_that_becomes_known_has_not_changed() -> None:
    assert site_events(SiteRecord(id=SITE, url=HOME), record(), LATER) == []


def test_a_change_names_what_differs() -> None:
    after = deepcopy(record())
    after.home, after.route, after.offers["rest"].state = f"{HOME}/new", "sitemap", State.REFUSED
    after.offers["sitemap"] = Offer(state=State.COMPLETE)
    [event] = site_events(record(), after, LATER)
    assert (event.type, event.at, event.site, event.url) == ("site.changed", LATER, SITE, f"{HOME}/new")
    assert event.fields == ("home", "route", "offers.rest")


def test_the_same_told_again_after_a_kill_has_the_same_id_and_a_later_one_another() -> None:
    after = replace(deepcopy(record()), route="feed")
    [first], [again] = site_events(record(), after, LATER), site_events(record(), after, MUCH_LATER)
    [later] = site_events(replace(record(), checked_at=LATER), after, MUCH_LATER)
    [other] = site_events(record(), replace(after, route="sitemap"), LATER)
    assert first.id == again.id
    assert len({first.id, later.id, other.id}) == 3
    assert first.id.startswith(f"{SITE}:changed:")


def test_a_site_that_begins_to_keep_crawlers_out_is_told_of_once() -> None:
    blocked = replace(deepcopy(record()), health=Health(failures=1, last_error="http_403", blocked_since=LATER))
    [event] = site_events(record(), blocked, LATER)
    assert (event.type, event.at, event.reason, event.url) == ("site.blocked", LATER, "http_403", HOME)
    assert site_events(blocked, replace(blocked, checked_at=MUCH_LATER), MUCH_LATER) == []
    assert site_events(blocked, record(), MUCH_LATER) == []
    [new] = site_events(SiteRecord(id=SITE, url=HOME), blocked, LATER)
    assert new.type == "site.blocked"
