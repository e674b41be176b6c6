"""How many posts of a site are still to come."""

import pytest

from crawler.routes.ladder import Route, State, Walked
from crawler.spiders.outlook import Outlook, outlook
from crawler.spiders.progress import SiteProgress

from ..examples import SITE


def progress(route: Route, *, named: int, seen: int = 0, limit: int | None = None) -> SiteProgress:
    """A site of which a route names so many posts, while it is walked."""
    site = SiteProgress(site=SITE, limit=limit, is_walking=True, found=seen)
    for number in range(named):
        site.tally.name(route, f"https://{SITE}/post-{number}/", number)
    for number in range(seen):
        site.tally.saw([f"https://{SITE}/post-{number}/"], number)
    return site


def test_the_rest_api_tells_how_many_there_are() -> None:
    assert outlook(progress(Route.REST, named=200, seen=150), 1000) == Outlook(1000, 850)
    assert outlook(progress(Route.REST, named=1002, seen=1002), 1000) == Outlook(1002, 0)


@pytest.mark.parametrize("state", [State.PARTIAL, State.REFUSED])
def test_its_total_is_worth_nothing_once_it_broke_off(state: State) -> None:
    site = progress(Route.REST, named=200, seen=150)
    site.walked.append(Walked(Route.REST, state, "http_500"))
    assert outlook(site, 1000) == Outlook(200, None)


def test_a_sitemap_is_known_when_it_was_walked() -> None:
    site = progress(Route.SITEMAP, named=30, seen=10)
    assert outlook(site, None) == Outlook(30, None)
    site.is_walking = False
    assert outlook(site, None) == Outlook(30, 20)


def test_nobody_knows_what_archives_lead_to() -> None:
    site = progress(Route.FEED, named=10, seen=10)
    site.is_walking, site.follows_archives, site.found = False, True, 25
    assert outlook(site, None) == Outlook(25, None)


def test_no_more_is_to_come_than_was_asked_for() -> None:
    assert outlook(progress(Route.REST, named=200, seen=5, limit=20), 1000) == Outlook(1000, 15)
    assert outlook(progress(Route.SITEMAP, named=4, seen=3, limit=20), None) == Outlook(4, 17)
    assert outlook(progress(Route.SITEMAP, named=30, seen=25, limit=20), None) == Outlook(30, 0)


def test_a_crawl_that_has_just_begun() -> None:
    assert outlook(SiteProgress(site=SITE, is_walking=True), None) == Outlook(0, None)
